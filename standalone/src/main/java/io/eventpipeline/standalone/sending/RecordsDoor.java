package io.eventpipeline.standalone.sending;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code POST /topics/{topic}/records} of a producer-service. All that is written into a body is
 * plain ASCII without anything that JSON escapes.
 *
 * @param producer the service
 * @param topic where the records go
 * @param acks what is waited for: {@code all}, {@code 1} or {@code 0}; what the topic's profile
 *     says if it is null
 */
public record RecordsDoor(URI producer, String topic, @Nullable String acks) {

    private static final byte[] ENVELOPE_START = ascii("{\"records\":[");
    private static final byte[] ENVELOPE_END = ascii("]}");
    private static final byte[] KEY = ascii("{\"key\":\"");
    private static final byte[] VALUE_AFTER_KEY = ascii("\",\"value\":\"");
    private static final byte[] VALUE = ascii("{\"value\":\"");
    private static final byte[] END = ascii("\",\"valueFormat\":\"text\"}");
    private static final Map<String, String> ENVELOPE = Map.of("Content-Type", "application/json");
    private static final Map<String, String> LINES =
            Map.of("Content-Type", "application/x-ndjson", "Accept", "application/x-ndjson");

    /** The path with its query. */
    String path() {
        String base = producer.getRawPath() == null ? "" : producer.getRawPath();
        String query = acks == null ? "" : "?acks=" + acks;
        return (base.endsWith("/") ? base.substring(0, base.length() - 1) : base)
                + "/topics/"
                + topic
                + "/records"
                + query;
    }

    static Map<String, String> envelopeHeaders() {
        return ENVELOPE;
    }

    /** The headers of a request that may be repeated. */
    static Map<String, String> envelopeHeaders(String idempotencyKey) {
        return Map.of(
                "Content-Type",
                "application/json",
                "Idempotency-Key",
                "\"" + idempotencyKey + "\"");
    }

    static Map<String, String> lineHeaders() {
        return LINES;
    }

    static void beginEnvelope(ByteArrayOutputStream body) {
        body.writeBytes(ENVELOPE_START);
    }

    static void endEnvelope(ByteArrayOutputStream body) {
        body.writeBytes(ENVELOPE_END);
    }

    /** Writes one record: an element of an envelope, or a line. */
    static void writeRecord(ByteArrayOutputStream body, @Nullable String key, byte[] value) {
        if (key == null) {
            body.writeBytes(VALUE);
        } else {
            body.writeBytes(KEY);
            body.writeBytes(key.getBytes(UTF_8));
            body.writeBytes(VALUE_AFTER_KEY);
        }
        body.writeBytes(value);
        body.writeBytes(END);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(US_ASCII);
    }
}
