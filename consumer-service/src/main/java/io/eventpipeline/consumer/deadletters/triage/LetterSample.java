package io.eventpipeline.consumer.deadletters.triage;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.eventpipeline.model.cloudevents.CloudEventHeaders;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * A letter to look at. Key and value are absent if they were not read in time, or are not there.
 *
 * @param letter where it lies
 * @param source where its record lay
 * @param attempts how often its record was sent back before it failed
 * @param state what was done about it
 * @param reason why it was discarded
 * @param decidedAt when it was sent back or discarded
 * @param eventId the id of the event
 * @param timestamp the record's, in epoch ms
 * @param keyFormat {@code text} or {@code base64}
 * @param valueFormat {@code text} or {@code base64}
 * @param valueBytes the size of the value, which is shown up to a limit
 * @param headers those that the record had
 * @param read whether the letter itself could be read
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record LetterSample(
        LetterPosition letter,
        LetterPosition source,
        int attempts,
        String state,
        @Nullable String reason,
        @Nullable Instant decidedAt,
        boolean read,
        @Nullable String eventId,
        @Nullable Long timestamp,
        @Nullable String key,
        @Nullable String keyFormat,
        @Nullable String value,
        @Nullable String valueFormat,
        @Nullable Integer valueBytes,
        @Nullable Map<String, @Nullable String> headers) {

    /** Enough to see what it is; who needs more reads the topic. */
    static final int MOST_VALUE_BYTES = 16 * 1024;

    static LetterSample of(LetterRow row, @Nullable ConsumerRecord<byte[], byte[]> record) {
        if (record == null) {
            return new LetterSample(
                    row.letter(),
                    row.source(),
                    row.attempts(),
                    row.state().text(),
                    row.reason(),
                    row.decidedAt(),
                    false,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null);
        }
        ReadableBytes key = ReadableBytes.of(record.key(), MOST_VALUE_BYTES);
        ReadableBytes value = ReadableBytes.of(record.value(), MOST_VALUE_BYTES);
        return new LetterSample(
                row.letter(),
                row.source(),
                row.attempts(),
                row.state().text(),
                row.reason(),
                row.decidedAt(),
                true,
                CloudEventHeaders.identityOf(
                                record.headers(),
                                row.source().topic(),
                                row.source().partition(),
                                row.source().offset())
                        .id(),
                record.timestamp(),
                key.text(),
                key.format(),
                value.text(),
                value.format(),
                record.value() == null ? null : record.value().length,
                headers(record));
    }

    private static Map<String, @Nullable String> headers(ConsumerRecord<?, ?> record) {
        Map<String, @Nullable String> headers = new LinkedHashMap<>();
        for (Header header : record.headers()) {
            if (!FailureHeaders.isOfFailure(header.key())) {
                headers.put(
                        header.key(), ReadableBytes.of(header.value(), MOST_VALUE_BYTES).text());
            }
        }
        return headers;
    }
}
