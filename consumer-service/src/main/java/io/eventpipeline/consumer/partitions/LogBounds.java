package io.eventpipeline.consumer.partitions;

import org.apache.kafka.common.Uuid;

/**
 * The log of a partition at a moment.
 *
 * @param topicId Kafka's id of the topic; a topic that was deleted and made again has another
 * @param beginning the first offset that can still be read
 * @param lastStable the offset behind the last record of a finished transaction: where a {@code
 *     read_committed} reader stops
 */
public record LogBounds(Uuid topicId, long beginning, long lastStable) {

    /** Whether reading can start at that offset without skipping or inventing records. */
    public boolean contains(long offset) {
        return beginning <= offset && offset <= lastStable;
    }
}
