package io.eventpipeline.consumer.webhook;

import io.eventpipeline.consumer.listening.RetryMode;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What is done about an event that the target failed on.
 *
 * @param mode {@code blocking}: its key waits, in order; {@code topics}: it waits in {@code
 *     <topic>-retry-<n>}, and the later events of its key go before it
 * @param delays with {@code topics}, how long an event waits in each retry topic, one topic for
 *     each delay; the last topic takes the event again until {@code max-attempts}
 */
public record WebhookRetries(
        @DefaultValue("blocking") @NotNull RetryMode mode,
        @DefaultValue({"2s", "10s", "1m"}) @NotEmpty @Size(max = 10)
                List<@NotNull Duration> delays) {

    /**
     * Checks the delays.
     *
     * @throws IllegalArgumentException with the property
     */
    public WebhookRetries {
        delays = List.copyOf(delays);
        if (delays.stream().anyMatch(delay -> delay.isNegative() || delay.isZero())) {
            throw new IllegalArgumentException(
                    "pipeline.consumer.webhook.retries.delays must be positive");
        }
    }
}
