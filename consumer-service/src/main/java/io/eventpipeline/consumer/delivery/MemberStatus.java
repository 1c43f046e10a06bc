package io.eventpipeline.consumer.delivery;

import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * How a member does, as others may see it.
 *
 * @param partitions how many it owns
 * @param suspended why it does not read at all; null while it reads
 * @param stopped the partitions that wait for an operator, each with the reason
 */
public record MemberStatus(
        int partitions, @Nullable String suspended, Map<TopicPartition, String> stopped) {

    /** Whether all is well. */
    public boolean isWell() {
        return suspended == null && stopped.isEmpty();
    }
}
