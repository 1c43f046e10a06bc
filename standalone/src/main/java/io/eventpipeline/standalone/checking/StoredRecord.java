package io.eventpipeline.standalone.checking;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.eventpipeline.model.cloudevents.CloudEventHeaders;
import io.eventpipeline.standalone.sending.NumberedRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * A record as it lies in the topic.
 *
 * @param partition where it lies
 * @param offset where it lies
 * @param key its key
 * @param eventId its {@code ce_id}
 * @param content what its value says; null if no run of ours sent it
 */
record StoredRecord(
        int partition,
        long offset,
        @Nullable String key,
        @Nullable String eventId,
        @Nullable NumberedRecord content) {

    static StoredRecord of(ConsumerRecord<byte[], byte[]> record) {
        Header id = record.headers().lastHeader(CloudEventHeaders.ID);
        return new StoredRecord(
                record.partition(),
                record.offset(),
                text(record.key()),
                id == null ? null : text(id.value()),
                NumberedRecord.parse(record.value()).orElse(null));
    }

    private static @Nullable String text(byte @Nullable [] bytes) {
        return bytes == null ? null : new String(bytes, UTF_8);
    }
}
