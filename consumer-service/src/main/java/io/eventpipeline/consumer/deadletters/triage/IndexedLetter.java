package io.eventpipeline.consumer.deadletters.triage;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.header.Header;

/**
 * What the index keeps of a letter.
 *
 * @param topicId id of the dead-letter topic
 * @param recordedAt the record's timestamp in epoch ms
 * @param bytes size of key, value and headers
 * @param attempts how often the record had been sent back before it failed
 */
record IndexedLetter(
        Uuid topicId,
        LetterPosition position,
        LetterFailure failure,
        long recordedAt,
        int bytes,
        int attempts) {

    static IndexedLetter of(Uuid topicId, ConsumerRecord<byte[], byte[]> letter) {
        int bytes =
                Math.max(0, letter.serializedKeySize()) + Math.max(0, letter.serializedValueSize());
        for (Header header : letter.headers()) {
            bytes += header.key().length() + (header.value() == null ? 0 : header.value().length);
        }
        return new IndexedLetter(
                topicId,
                new LetterPosition(letter.topic(), letter.partition(), letter.offset()),
                FailureHeaders.read(letter),
                letter.timestamp(),
                bytes,
                FailureHeaders.attempts(letter.headers()));
    }
}
