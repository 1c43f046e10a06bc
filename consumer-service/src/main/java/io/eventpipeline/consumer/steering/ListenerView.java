package io.eventpipeline.consumer.steering;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A listener of this instance, as {@code GET /listeners} shows it.
 *
 * @param id what it is steered by
 * @param group its consumer group; null if it reads without one
 * @param topics what it reads
 * @param state what it does: one of the states of the health component {@code listeners}
 * @param reason why it does not read, or not all
 * @param concurrency how many consumers it runs, or will run when it is started
 * @param partitions what its consumers own now
 * @param note what an operator should know about it
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
record ListenerView(
        String id,
        @Nullable String group,
        List<String> topics,
        String state,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String reason,
        int concurrency,
        List<AssignedPartition> partitions,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String note) {

    /**
     * A partition and who reads it.
     *
     * @param topic its topic
     * @param partition its number
     * @param member the client id of the consumer
     */
    record AssignedPartition(String topic, int partition, String member) {}
}
