package io.eventpipeline.consumer.recordjson;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.Base64Variants;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Writes a record as one line of JSON without its line feed: {@code topic}, {@code partition},
 * {@code offset}, {@code timestamp} (epoch milliseconds), {@code key}, {@code headers}, {@code
 * value}. Nothing is lost:
 *
 * <ul>
 *   <li>A value that is JSON stands as it is, to the last digit; only line breaks between its
 *       tokens become blanks. Other text is {@code valueText}, other bytes are {@code valueBase64},
 *       and no value (a tombstone) is {@code "value":null}.
 *   <li>A key that is text is {@code key}, other bytes are {@code keyBase64}.
 *   <li>{@code headers} is an object in the order of the record, each value a text, or {@code
 *       {"base64":…}}, or null; the values of a name that is there several times are an array.
 * </ul>
 *
 * Stateless.
 */
public final class RecordJson {

    private static final JsonFactory JSON = new JsonFactory();

    private RecordJson() {}

    /** The line of a record. */
    public static byte[] line(ConsumerRecord<byte[], byte[]> source) {
        ByteArrayOutputStream line = new ByteArrayOutputStream(512);
        try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), line)) {
            json.writeStartObject();
            json.writeStringProperty("topic", source.topic());
            json.writeNumberProperty("partition", source.partition());
            json.writeNumberProperty("offset", source.offset());
            json.writeNumberProperty("timestamp", source.timestamp());
            writeKey(json, source.key());
            json.writeName("headers");
            writeHeaders(json, source.headers());
            writeValue(json, source.value());
            json.writeEndObject();
        }
        return line.toByteArray();
    }

    private static void writeKey(JsonGenerator json, byte @Nullable [] key) {
        if (key == null) {
            json.writeNullProperty("key");
            return;
        }
        text(key)
                .ifPresentOrElse(
                        text -> json.writeStringProperty("key", text),
                        () -> writeBase64(json, "keyBase64", key));
    }

    private static void writeHeaders(JsonGenerator json, Headers headers) {
        Map<String, List<Header>> byName = new LinkedHashMap<>();
        headers.forEach(header ->
                byName.computeIfAbsent(header.key(), name -> new ArrayList<>(1)).add(header));
        json.writeStartObject();
        byName.forEach((name, values) -> {
            json.writeName(name);
            if (values.size() == 1) {
                writeHeader(json, values.getFirst().value());
            } else {
                json.writeStartArray();
                values.forEach(header -> writeHeader(json, header.value()));
                json.writeEndArray();
            }
        });
        json.writeEndObject();
    }

    private static void writeHeader(JsonGenerator json, byte @Nullable [] value) {
        if (value == null) {
            json.writeNull();
            return;
        }
        text(value)
                .ifPresentOrElse(
                        json::writeString,
                        () -> {
                            json.writeStartObject();
                            writeBase64(json, "base64", value);
                            json.writeEndObject();
                        });
    }

    private static void writeValue(JsonGenerator json, byte @Nullable [] value) {
        if (value == null) {
            json.writeNullProperty("value");
            return;
        }
        Optional<String> text = text(value);
        if (text.isEmpty()) {
            writeBase64(json, "valueBase64", value);
        } else if (isJson(text.get())) {
            json.writeName("value");
            // Inside of strings JSON has no line breaks, so these stand between tokens.
            json.writeRawValue(text.get().replace('\n', ' ').replace('\r', ' '));
        } else {
            json.writeStringProperty("valueText", text.get());
        }
    }

    private static void writeBase64(JsonGenerator json, String name, byte[] bytes) {
        json.writeName(name);
        json.writeBinary(Base64Variants.MIME_NO_LINEFEEDS, bytes, 0, bytes.length);
    }

    /** The text of bytes, if they are well-formed UTF-8 and so can be had back from it. */
    private static Optional<String> text(byte[] bytes) {
        String text = new String(bytes, UTF_8);
        return text.indexOf('\uFFFD') < 0 || Arrays.equals(text.getBytes(UTF_8), bytes)
                ? Optional.of(text)
                : Optional.empty();
    }

    /** Whether a text is one JSON value; a mere {@code null} is none, it would say "no value". */
    private static boolean isJson(String text) {
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), text)) {
            JsonToken first = parser.nextToken();
            if (first == null || first == JsonToken.VALUE_NULL) {
                return false;
            }
            parser.skipChildren();
            // What is skipped lazily is checked on the way to the next token.
            return parser.nextToken() == null;
        } catch (JacksonException e) {
            return false;
        }
    }
}
