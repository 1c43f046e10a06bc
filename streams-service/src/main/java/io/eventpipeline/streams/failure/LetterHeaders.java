package io.eventpipeline.streams.failure;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/**
 * The headers by which Kafka Streams tells why a record is a dead letter (KIP-1034, Dead letter
 * queue in Kafka Streams).
 */
public final class LetterHeaders {

    static final String PREFIX = "__streams.errors.";

    /** Enough for the message and the frames that matter; a letter must fit into its topic. */
    private static final int STACK_TRACE_LIMIT = 4_000;

    private LetterHeaders() {}

    /**
     * Adds the reason and the source position. Headers of an earlier failure, which a re-driven
     * record may still have, are replaced.
     */
    public static void write(
            Headers headers, Throwable failure, String topic, int partition, long offset) {
        for (Header header : headers.toArray()) {
            if (header.key().startsWith(PREFIX)) {
                headers.remove(header.key());
            }
        }
        put(headers, "exception", failure.getClass().getName());
        put(headers, "message", String.valueOf(failure.getMessage()));
        put(headers, "stacktrace", stackTrace(failure));
        put(headers, "topic", topic);
        put(headers, "partition", Integer.toString(partition));
        put(headers, "offset", Long.toString(offset));
    }

    private static void put(Headers headers, String name, String value) {
        headers.add(PREFIX + name, value.getBytes(UTF_8));
    }

    private static String stackTrace(Throwable failure) {
        StringWriter text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text));
        return text.getBuffer().length() <= STACK_TRACE_LIMIT
                ? text.toString()
                : text.getBuffer().substring(0, STACK_TRACE_LIMIT);
    }
}
