package io.eventpipeline.consumer.listening;

import jakarta.validation.constraints.NotNull;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What a group that keeps order does about a failure that may pass.
 *
 * @param mode {@code blocking}: the group pauses, keeps its place and its membership, and tries
 *     again. Nothing else: {@code topics} gives up order, is refused here, and is there for {@code
 *     pipeline.consumer.webhook.retries.mode} only
 */
public record OrderedRetries(@DefaultValue("blocking") @NotNull RetryMode mode) {

    /**
     * Refuses retries out of order.
     *
     * @param group the group's prefix, for the message
     * @throws IllegalArgumentException with the property
     */
    public void requireOrder(String group) {
        if (mode == RetryMode.TOPICS) {
            throw new IllegalArgumentException(
                    group
                            + ".retries.mode=topics is refused: retry topics give up the order of"
                            + " records, which this group keeps; they are for"
                            + " pipeline.consumer.webhook.retries.mode only");
        }
    }
}
