package io.eventpipeline.producer.records;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.eventpipeline.model.json.Violation;
import io.eventpipeline.producer.topics.AvailableTopic;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.function.Consumer;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Reads one record of an envelope or of a line. A JSON value is cut out of the bytes as it stands,
 * not bound and written again: that keeps its digits, order and spaces, and costs little. Belongs
 * to one request.
 */
public final class RecordReader {

    private final Defaults defaults;

    /**
     * What holds where a record does not say it.
     *
     * @param keyFormat the format of keys
     * @param valueFormat the format of values
     * @param listedHeaders whether headers come as a list of names and Base64, as in the v2 form
     */
    public record Defaults(
            RecordFormat keyFormat, RecordFormat valueFormat, boolean listedHeaders) {

        /** Keys as text; values as JSON, or as text where the topic is one of plain text. */
        static Defaults of(@Nullable AvailableTopic topic) {
            boolean plainText =
                    topic != null && topic.catalogued() && topic.definition().type().isEmpty();
            return new Defaults(
                    RecordFormat.TEXT, plainText ? RecordFormat.TEXT : RecordFormat.JSON, false);
        }
    }

    /** Reads records with these defaults. */
    public RecordReader(Defaults defaults) {
        this.defaults = defaults;
    }

    /** A key or value before its format is known: {@code text} if it is a JSON string. */
    @SuppressWarnings("ArrayRecordComponent")
    private record Part(byte[] json, @Nullable String text, boolean scalar) {}

    /**
     * Reads the record at whose first token the parser stands, up to its last.
     *
     * @param source the bytes that the parser reads
     * @param start where in them it began
     * @param violations takes all that is wrong, with pointers from the record
     * @return null if it is no record at all
     * @throws tools.jackson.core.JacksonException if it is not JSON
     */
    public @Nullable SentRecord read(
            JsonParser parser, byte[] source, int start, Consumer<Violation> violations) {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            violations.accept(new Violation("", "must be an object with a value"));
            parser.skipChildren();
            return null;
        }
        Part key = null;
        Part value = null;
        boolean hasValue = false;
        RecordFormat keyFormat = defaults.keyFormat();
        RecordFormat valueFormat = defaults.valueFormat();
        String topic = null;
        List<Header> headers = List.of();
        Integer partition = null;
        Long timestamp = null;
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            parser.nextToken();
            switch (name) {
                case "key" -> key = part(parser, source, start);
                case "value" -> {
                    value = part(parser, source, start);
                    hasValue = true;
                }
                case "keyFormat" -> keyFormat = format(parser, name, keyFormat, violations);
                case "valueFormat" -> valueFormat = format(parser, name, valueFormat, violations);
                case "topic" -> topic = text(parser, name, violations);
                case "headers" ->
                        headers =
                                defaults.listedHeaders()
                                        ? RecordHeaderReader.readList(parser, violations)
                                        : RecordHeaderReader.readObject(parser, violations);
                case "partition" -> {
                    Long number = number(parser, name, Integer.MAX_VALUE, violations);
                    partition = number == null ? null : number.intValue();
                }
                case "timestamp" -> timestamp = number(parser, name, Long.MAX_VALUE, violations);
                default -> {
                    violations.accept(new Violation("/" + name, "unknown field"));
                    parser.skipChildren();
                }
            }
        }
        if (!hasValue) {
            violations.accept(
                    new Violation("/value", "is required; null stores a record without value"));
        }
        return new SentRecord(
                topic,
                bytes(key, keyFormat, "/key", violations),
                bytes(value, valueFormat, "/value", violations),
                valueFormat,
                headers,
                partition,
                timestamp);
    }

    private static @Nullable Part part(JsonParser parser, byte[] source, int start) {
        JsonToken token = parser.currentToken();
        if (token == JsonToken.VALUE_NULL) {
            return null;
        }
        int from = start + (int) parser.currentTokenLocation().getByteOffset();
        String text = token == JsonToken.VALUE_STRING ? parser.getString() : null;
        parser.skipChildren();
        parser.finishToken();
        int to = start + (int) parser.currentLocation().getByteOffset();
        return new Part(Arrays.copyOfRange(source, from, to), text, token.isScalarValue());
    }

    private static byte @Nullable [] bytes(
            @Nullable Part part,
            RecordFormat format,
            String pointer,
            Consumer<Violation> violations) {
        if (part == null) {
            return null;
        }
        switch (format) {
            case JSON -> {
                return part.json();
            }
            case TEXT -> {
                if (part.text() != null) {
                    return part.text().getBytes(UTF_8);
                }
                if (part.scalar()) {
                    return part.json();
                }
                violations.accept(new Violation(pointer, "must be a string in format text"));
            }
            case BASE64 -> {
                if (part.text() == null) {
                    violations.accept(new Violation(pointer, "must be a string in format base64"));
                } else {
                    return base64(part.text(), pointer, violations);
                }
            }
        }
        return null;
    }

    static byte @Nullable [] base64(String text, String pointer, Consumer<Violation> violations) {
        try {
            return Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            violations.accept(new Violation(pointer, "is not Base64 (RFC 4648, section 4)"));
            return null;
        }
    }

    private static RecordFormat format(
            JsonParser parser,
            String name,
            RecordFormat otherwise,
            Consumer<Violation> violations) {
        String text = text(parser, name, violations);
        if (text == null) {
            return otherwise;
        }
        return RecordFormat.of(text)
                .orElseGet(() -> {
                    violations.accept(new Violation("/" + name, "must be json, text or base64"));
                    return otherwise;
                });
    }

    static @Nullable String text(JsonParser parser, String name, Consumer<Violation> violations) {
        if (parser.currentToken() == JsonToken.VALUE_STRING) {
            return parser.getString();
        }
        if (parser.currentToken() != JsonToken.VALUE_NULL) {
            violations.accept(new Violation("/" + name, "must be a string"));
            parser.skipChildren();
        }
        return null;
    }

    private static @Nullable Long number(
            JsonParser parser, String name, long max, Consumer<Violation> violations) {
        if (parser.currentToken() == JsonToken.VALUE_NULL) {
            return null;
        }
        if (parser.currentToken() == JsonToken.VALUE_NUMBER_INT
                && parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER) {
            long number = parser.getLongValue();
            if (number >= 0 && number <= max) {
                return number;
            }
        }
        violations.accept(new Violation("/" + name, "must be a whole number from 0 to " + max));
        parser.skipChildren();
        return null;
    }
}
