package io.eventpipeline.producer.delivery;

import io.eventpipeline.model.topic.DeliveryProfile;
import io.eventpipeline.model.topic.TopicDefinition;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * A checked record on its way into a topic.
 *
 * @param id the event's id, its {@code ce_id}; null for a record that is no event, whose identity
 *     is the place that it gets
 * @param topic where to
 * @param profile how it is delivered: the topic's own profile, or what the sender asked for
 * @param partition where in the topic; null leaves it to the key, or to Kafka's sticky partitioner
 * @param key the record key; null if there is none
 * @param value the bytes to store; null is a tombstone
 * @param headers the record headers
 * @param timestamp of the record, in ms since the epoch
 */
@SuppressWarnings("ArrayRecordComponent") // Compared by nobody, and a copy would cost.
public record OutgoingRecord(
        @Nullable String id,
        TopicDefinition topic,
        DeliveryProfile profile,
        @Nullable Integer partition,
        byte @Nullable [] key,
        byte @Nullable [] value,
        Headers headers,
        long timestamp) {

    /** What a batch and a record of it cost beside their contents, at most. */
    private static final int OVERHEAD = 90;

    private static final int OVERHEAD_OF_A_HEADER = 10;

    /** How large it is in a request of its own, before compression; an upper bound. */
    public int size() {
        int size = OVERHEAD + length(key) + length(value);
        for (Header header : headers) {
            size += OVERHEAD_OF_A_HEADER + header.key().length() + length(header.value());
        }
        return size;
    }

    private static int length(byte @Nullable [] bytes) {
        return bytes == null ? 0 : bytes.length;
    }

    /** As Kafka's producer takes it. */
    public ProducerRecord<byte[], byte[]> toProducerRecord() {
        return new ProducerRecord<>(topic.name(), partition, timestamp, key, value, headers);
    }
}
