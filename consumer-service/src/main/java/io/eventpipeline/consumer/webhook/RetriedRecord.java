package io.eventpipeline.consumer.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.eventpipeline.model.topic.TopicDefinition;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.retrytopic.RetryTopicHeaders;
import org.springframework.kafka.support.KafkaHeaders;

/**
 * A record that waits in a retry topic. It is the record as it was, in the partition that it came
 * from, with spring-kafka's headers of retry topics: where it lay ({@code kafka_original-*}), which
 * attempt comes next and when ({@code retry_topic-*}). Its timestamp is the moment it was sent,
 * because retention goes by it.
 *
 * @param source the record as it lay in its own topic
 * @param attempt the number of the attempt that comes next, from 1
 * @param due when that is, in epoch milliseconds
 */
record RetriedRecord(ConsumerRecord<byte[], byte[]> source, int attempt, long due) {

    private static final int LONGEST_REASON = 500;

    private static final List<String> OWN =
            List.of(
                    KafkaHeaders.ORIGINAL_TOPIC,
                    KafkaHeaders.ORIGINAL_PARTITION,
                    KafkaHeaders.ORIGINAL_OFFSET,
                    KafkaHeaders.ORIGINAL_TIMESTAMP,
                    KafkaHeaders.ORIGINAL_TIMESTAMP_TYPE,
                    KafkaHeaders.EXCEPTION_MESSAGE,
                    RetryTopicHeaders.DEFAULT_HEADER_ATTEMPTS,
                    RetryTopicHeaders.DEFAULT_HEADER_BACKOFF_TIMESTAMP,
                    RetryTopicHeaders.DEFAULT_HEADER_ORIGINAL_TIMESTAMP);

    /** Reads what lies in a retry topic; what somebody else wrote there stands for itself. */
    static RetriedRecord read(ConsumerRecord<byte[], byte[]> retry) {
        Headers headers = retry.headers();
        Optional<Long> partition = number(headers, KafkaHeaders.ORIGINAL_PARTITION);
        Optional<Long> offset = number(headers, KafkaHeaders.ORIGINAL_OFFSET);
        long timestamp = number(headers, KafkaHeaders.ORIGINAL_TIMESTAMP).orElse(retry.timestamp());
        ConsumerRecord<byte[], byte[]> source =
                new ConsumerRecord<>(
                        TopicDefinition.withoutRetrySuffix(retry.topic()),
                        partition.map(Long::intValue).orElse(retry.partition()),
                        offset.orElse(retry.offset()),
                        timestamp,
                        typeOf(headers).orElse(retry.timestampType()),
                        retry.serializedKeySize(),
                        retry.serializedValueSize(),
                        retry.key(),
                        retry.value(),
                        withoutOwn(headers),
                        Optional.empty());
        return new RetriedRecord(
                source,
                Math.clamp(
                        number(headers, RetryTopicHeaders.DEFAULT_HEADER_ATTEMPTS).orElse(1L),
                        1,
                        Integer.MAX_VALUE),
                number(headers, RetryTopicHeaders.DEFAULT_HEADER_BACKOFF_TIMESTAMP).orElse(0L));
    }

    /** A record with the number of attempts in a header, as its dead letter has it. */
    static ConsumerRecord<byte[], byte[]> withAttempts(
            ConsumerRecord<byte[], byte[]> source, int attempts) {
        Headers headers = new RecordHeaders(source.headers());
        headers.remove(RetryTopicHeaders.DEFAULT_HEADER_ATTEMPTS);
        headers.add(RetryTopicHeaders.DEFAULT_HEADER_ATTEMPTS, bytes(attempts));
        return new ConsumerRecord<>(
                source.topic(),
                source.partition(),
                source.offset(),
                source.timestamp(),
                source.timestampType(),
                source.serializedKeySize(),
                source.serializedValueSize(),
                source.key(),
                source.value(),
                headers,
                source.leaderEpoch());
    }

    /** What is sent to a retry topic. */
    ProducerRecord<Object, Object> toSend(String topic, long now, String reason) {
        Headers headers = new RecordHeaders(source.headers());
        byte[] timestamp = BigInteger.valueOf(source.timestamp()).toByteArray();
        headers.add(KafkaHeaders.ORIGINAL_TOPIC, source.topic().getBytes(UTF_8));
        headers.add(KafkaHeaders.ORIGINAL_PARTITION, bytes(source.partition()));
        headers.add(KafkaHeaders.ORIGINAL_OFFSET, bytes(source.offset()));
        headers.add(KafkaHeaders.ORIGINAL_TIMESTAMP, bytes(source.timestamp()));
        headers.add(
                KafkaHeaders.ORIGINAL_TIMESTAMP_TYPE,
                source.timestampType().toString().getBytes(UTF_8));
        headers.add(
                KafkaHeaders.EXCEPTION_MESSAGE,
                reason.substring(0, Math.min(LONGEST_REASON, reason.length())).getBytes(UTF_8));
        headers.add(RetryTopicHeaders.DEFAULT_HEADER_ATTEMPTS, bytes(attempt));
        headers.add(
                RetryTopicHeaders.DEFAULT_HEADER_BACKOFF_TIMESTAMP,
                BigInteger.valueOf(due).toByteArray());
        headers.add(RetryTopicHeaders.DEFAULT_HEADER_ORIGINAL_TIMESTAMP, timestamp);
        return new ProducerRecord<>(
                topic, source.partition(), now, source.key(), source.value(), headers);
    }

    /** The last of each name is what was added on the way here. */
    private static Headers withoutOwn(Headers headers) {
        Header[] all = headers.toArray();
        Set<String> found = new HashSet<>();
        Deque<Header> kept = new ArrayDeque<>();
        for (int i = all.length - 1; i >= 0; i--) {
            if (!OWN.contains(all[i].key()) || !found.add(all[i].key())) {
                kept.addFirst(all[i]);
            }
        }
        return new RecordHeaders(kept);
    }

    private static Optional<TimestampType> typeOf(Headers headers) {
        Header header = headers.lastHeader(KafkaHeaders.ORIGINAL_TIMESTAMP_TYPE);
        if (header == null || header.value() == null) {
            return Optional.empty();
        }
        String name = new String(header.value(), UTF_8);
        return name.equals(TimestampType.LOG_APPEND_TIME.toString())
                ? Optional.of(TimestampType.LOG_APPEND_TIME)
                : Optional.of(TimestampType.CREATE_TIME);
    }

    /** Numbers are two's complement, in four or eight bytes or as many as they need. */
    private static Optional<Long> number(Headers headers, String name) {
        Header header = headers.lastHeader(name);
        byte @Nullable [] value = header == null ? null : header.value();
        return value == null || value.length == 0 || value.length > Long.BYTES
                ? Optional.empty()
                : Optional.of(new BigInteger(value).longValue());
    }

    private static byte[] bytes(int number) {
        return ByteBuffer.allocate(Integer.BYTES).putInt(number).array();
    }

    private static byte[] bytes(long number) {
        return ByteBuffer.allocate(Long.BYTES).putLong(number).array();
    }
}
