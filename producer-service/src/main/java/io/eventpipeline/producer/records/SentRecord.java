package io.eventpipeline.producer.records;

import java.util.List;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * A record as its sender wrote it, decoded but not yet checked against a topic.
 *
 * @param topic where to; null if the request says it for all
 * @param key null if there is none
 * @param value null is a tombstone
 * @param valueFormat how the value was written
 * @param headers in their order
 * @param partition null leaves it to the partitioner
 * @param timestamp in ms since the epoch; null is the moment of taking
 */
@SuppressWarnings("ArrayRecordComponent") // Compared by nobody, and a copy would cost.
public record SentRecord(
        @Nullable String topic,
        byte @Nullable [] key,
        byte @Nullable [] value,
        RecordFormat valueFormat,
        List<Header> headers,
        @Nullable Integer partition,
        @Nullable Long timestamp) {

    SentRecord to(int partition) {
        return new SentRecord(topic, key, value, valueFormat, headers, partition, timestamp);
    }
}
