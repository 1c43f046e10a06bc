package io.eventpipeline.consumer.deadletters.redrive;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.eventpipeline.consumer.deadletters.triage.FailureHeaders;
import io.eventpipeline.consumer.deadletters.triage.LetterPosition;
import io.eventpipeline.consumer.deadletters.triage.LetterRow;
import io.eventpipeline.model.cloudevents.CloudEventHeaders;
import java.util.Arrays;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/**
 * Makes the record that a letter was. It keeps the identity of its event, and so each table that
 * has the event drops it; a record without CloudEvents headers gets the header {@link
 * CloudEventHeaders#FIRST_POSITION} for that. It goes into the partition that it came from, beside
 * the other records of its key; with another key, into that key's partition. Its timestamp is now,
 * because retention goes by it. Stateless.
 */
final class RedrivenRecord {

    private RedrivenRecord() {}

    static ProducerRecord<byte[], byte[]> of(
            LetterRow row, ConsumerRecord<byte[], byte[]> letter, LetterEdit edit) {
        return new ProducerRecord<>(
                row.source().topic(),
                edit.key() == null || Arrays.equals(edit.key().bytes(), letter.key())
                        ? row.source().partition()
                        : null,
                edit.key() == null ? letter.key() : edit.key().bytes(),
                edit.value() == null ? letter.value() : edit.value().bytes(),
                headers(row, letter, edit));
    }

    private static Headers headers(
            LetterRow row, ConsumerRecord<byte[], byte[]> letter, LetterEdit edit) {
        Headers headers = new RecordHeaders();
        for (Header header : letter.headers()) {
            if (!FailureHeaders.isOfFailure(header.key())) {
                headers.add(header);
            }
        }
        put(headers, FailureHeaders.ATTEMPTS, Integer.toString(row.attempts() + 1));
        put(headers, FailureHeaders.REDRIVEN_LETTER, row.letter().toString());
        if (CloudEventHeaders.identityOf(headers, "", 0, 0).source().isEmpty()
                && headers.lastHeader(CloudEventHeaders.FIRST_POSITION) == null) {
            put(headers, CloudEventHeaders.FIRST_POSITION, firstPosition(row.source()));
        }
        for (Map.Entry<String, byte @Nullable []> edited : edit.headers().entrySet()) {
            headers.remove(edited.getKey());
            byte[] value = edited.getValue();
            if (value != null) {
                headers.add(edited.getKey(), value);
            }
        }
        return headers;
    }

    private static String firstPosition(LetterPosition source) {
        return source.topic() + "/" + source.partition() + "/" + source.offset();
    }

    private static void put(Headers headers, String name, String value) {
        headers.remove(name);
        headers.add(name, value.getBytes(UTF_8));
    }
}
