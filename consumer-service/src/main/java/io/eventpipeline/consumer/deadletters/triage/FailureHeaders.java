package io.eventpipeline.consumer.deadletters.triage;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.eventpipeline.consumer.deadletters.DeadLetterPublisher;
import io.eventpipeline.model.topic.TopicDefinition;
import io.eventpipeline.model.topic.TopicNames;
import java.nio.ByteBuffer;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.support.KafkaHeaders;

/**
 * The headers by which the three writers of dead letters say what happened: spring-kafka (binary
 * numbers), Kafka Streams (KIP-1034, numbers as text) and Kafka Connect (KIP-298, numbers as text).
 * A record that was sent back by other means may have the headers of several; those that were added
 * last count. Stateless.
 */
public final class FailureHeaders {

    /** How often a record was sent back to its topic, as text. */
    public static final String ATTEMPTS = "pipeline_redrive-attempts";

    /** Which letter a record that was sent back had been. */
    public static final String REDRIVEN_LETTER = "pipeline_redrive-letter";

    private static final String SPRING = "kafka_dlt-";
    private static final String STREAMS = "__streams.errors.";
    private static final String CONNECT = "__connect.errors.";
    private static final List<String> FAILURE_PREFIXES =
            List.of(
                    SPRING,
                    STREAMS,
                    CONNECT,
                    DeadLetterPublisher.HEADER_PREFIX,
                    // How often a listener with retry topics had tried.
                    "retry_topic-");

    /** Equal failures should meet in a group, and a group is to be read by people. */
    private static final int LONGEST_MESSAGE = 500;

    private static final int LONGEST_NAME = 200;

    private FailureHeaders() {}

    /** What the headers of a letter say. */
    static LetterFailure read(ConsumerRecord<?, ?> letter) {
        String writer = null;
        for (Header header : letter.headers()) {
            for (String prefix : List.of(SPRING, STREAMS, CONNECT)) {
                if (header.key().startsWith(prefix)) {
                    writer = prefix;
                }
            }
        }
        Headers headers = letter.headers();
        if (writer == null) {
            return failure(letter, "unknown", null, null, null, null, null);
        }
        return switch (writer) {
            case SPRING -> ofSpring(letter, headers);
            case STREAMS ->
                    failure(
                            letter,
                            "streams-service",
                            text(headers, STREAMS + "topic"),
                            number(text(headers, STREAMS + "partition")),
                            number(text(headers, STREAMS + "offset")),
                            text(headers, STREAMS + "exception"),
                            text(headers, STREAMS + "message"));
            default ->
                    failure(
                            letter,
                            "connect/" + text(headers, CONNECT + "connector.name"),
                            text(headers, CONNECT + "topic"),
                            number(text(headers, CONNECT + "partition")),
                            number(text(headers, CONNECT + "offset")),
                            text(headers, CONNECT + "exception.class.name"),
                            text(headers, CONNECT + "exception.message"));
        };
    }

    /** Whether a header tells of a failure, and so is no part of the record as it was. */
    public static boolean isOfFailure(String name) {
        return FAILURE_PREFIXES.stream().anyMatch(name::startsWith);
    }

    /** How often a record was sent back before; what cannot be read counts as never. */
    public static int attempts(Headers headers) {
        Long attempts = number(text(headers, ATTEMPTS));
        return attempts == null ? 0 : Math.clamp(attempts, 0, Integer.MAX_VALUE);
    }

    /** Whether the letter has no value because it would have been too large. */
    public static boolean isValueOmitted(Headers headers) {
        return headers.lastHeader(DeadLetterPublisher.VALUE_OMITTED) != null;
    }

    private static LetterFailure ofSpring(ConsumerRecord<?, ?> letter, Headers headers) {
        String reason = text(headers, DeadLetterPublisher.REASON);
        String group = text(headers, KafkaHeaders.DLT_ORIGINAL_CONSUMER_GROUP);
        String cause = text(headers, KafkaHeaders.DLT_EXCEPTION_CAUSE_FQCN);
        return failure(
                letter,
                (reason == null ? "spring/" : "consumer-service/") + group,
                text(headers, KafkaHeaders.DLT_ORIGINAL_TOPIC),
                binary(headers, KafkaHeaders.DLT_ORIGINAL_PARTITION),
                binary(headers, KafkaHeaders.DLT_ORIGINAL_OFFSET),
                reason != null
                        ? reason
                        : cause != null ? cause : text(headers, KafkaHeaders.DLT_EXCEPTION_FQCN),
                text(headers, KafkaHeaders.DLT_EXCEPTION_MESSAGE));
    }

    /** Where the headers do not say where the record lay, the letter's own place stands for it. */
    private static LetterFailure failure(
            ConsumerRecord<?, ?> letter,
            String component,
            @Nullable String topic,
            @Nullable Long partition,
            @Nullable Long offset,
            @Nullable String cause,
            @Nullable String message) {
        String who = shorten(component, LONGEST_NAME);
        String why = cause == null ? "unknown" : shorten(cause, LONGEST_NAME);
        String words = message == null ? "" : shorten(message, LONGEST_MESSAGE);
        if (topic == null
                || partition == null
                || offset == null
                || TopicNames.refusalOf(topic).isPresent()) {
            return new LetterFailure(
                    who,
                    withoutSuffix(letter.topic()),
                    letter.partition(),
                    letter.offset(),
                    why,
                    words);
        }
        return new LetterFailure(who, topic, partition.intValue(), offset, why, words);
    }

    private static String withoutSuffix(String letterTopic) {
        return letterTopic.endsWith(TopicDefinition.DEAD_LETTER_SUFFIX)
                ? letterTopic.substring(
                        0, letterTopic.length() - TopicDefinition.DEAD_LETTER_SUFFIX.length())
                : letterTopic;
    }

    /** PostgreSQL has no U+0000 in texts, and takes only so much of a text into an index. */
    private static String shorten(String text, int limit) {
        String storable = text.replace('\0', '\uFFFD').strip();
        if (storable.length() <= limit) {
            return storable;
        }
        int end = Character.isHighSurrogate(storable.charAt(limit - 2)) ? limit - 2 : limit - 1;
        return storable.substring(0, end) + "…";
    }

    private static @Nullable String text(Headers headers, String name) {
        Header header = headers.lastHeader(name);
        return header == null || header.value() == null ? null : new String(header.value(), UTF_8);
    }

    private static @Nullable Long number(@Nullable String text) {
        try {
            return text == null ? null : Long.valueOf(text);
        } catch (NumberFormatException e) {
            return null;
        }
    }

    private static @Nullable Long binary(Headers headers, String name) {
        Header header = headers.lastHeader(name);
        if (header == null || header.value() == null) {
            return null;
        }
        return switch (header.value().length) {
            case Integer.BYTES -> (long) ByteBuffer.wrap(header.value()).getInt();
            case Long.BYTES -> ByteBuffer.wrap(header.value()).getLong();
            default -> null;
        };
    }
}
