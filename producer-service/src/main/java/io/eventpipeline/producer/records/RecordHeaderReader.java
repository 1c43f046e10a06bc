package io.eventpipeline.producer.records;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.eventpipeline.model.json.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Reads the headers of a record, at whose first token the parser stands. Stateless. */
final class RecordHeaderReader {

    private RecordHeaderReader() {}

    /** Reads an object of names and their values. */
    static List<Header> readObject(JsonParser parser, Consumer<Violation> violations) {
        if (parser.currentToken() == JsonToken.VALUE_NULL) {
            return List.of();
        }
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            violations.accept(
                    new Violation("/headers", "must be an object of names and their values"));
            parser.skipChildren();
            return List.of();
        }
        List<Header> headers = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            String pointer = "/headers/" + name.replace("~", "~0").replace("/", "~1");
            if (parser.nextToken() == JsonToken.START_ARRAY) {
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    headers.add(header(parser, name, pointer, violations));
                }
            } else {
                headers.add(header(parser, name, pointer, violations));
            }
        }
        return headers;
    }

    /** Reads a list of names and Base64, as in the v2 form. */
    static List<Header> readList(JsonParser parser, Consumer<Violation> violations) {
        List<Header> headers = new ArrayList<>();
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            violations.accept(new Violation("/headers", "must be a list of headers"));
            parser.skipChildren();
            return headers;
        }
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            String pointer = "/headers/" + headers.size();
            String name = null;
            byte[] value = null;
            if (parser.currentToken() == JsonToken.START_OBJECT) {
                while (parser.nextToken() != JsonToken.END_OBJECT) {
                    String member = parser.currentName();
                    parser.nextToken();
                    String text = RecordReader.text(parser, member, violations);
                    if (member.equals("key")) {
                        name = text;
                    } else if (member.equals("value") && text != null) {
                        value = RecordReader.base64(text, pointer + "/value", violations);
                    }
                }
            } else {
                parser.skipChildren();
            }
            if (name == null) {
                violations.accept(new Violation(pointer + "/key", "is required"));
                name = "";
            }
            headers.add(new RecordHeader(name, value));
        }
        return headers;
    }

    /** A header's value is text, null, or {@code {"base64":…}}. */
    private static Header header(
            JsonParser parser, String name, String pointer, Consumer<Violation> violations) {
        byte[] value = null;
        switch (parser.currentToken()) {
            case VALUE_STRING -> value = parser.getString().getBytes(UTF_8);
            case VALUE_NULL -> {}
            case START_OBJECT -> {
                while (parser.nextToken() != JsonToken.END_OBJECT) {
                    boolean base64 = "base64".equals(parser.currentName());
                    if (parser.nextToken() == JsonToken.VALUE_STRING && base64) {
                        value = RecordReader.base64(parser.getString(), pointer, violations);
                    } else {
                        violations.accept(wrongHeader(pointer));
                        parser.skipChildren();
                    }
                }
            }
            default -> {
                violations.accept(wrongHeader(pointer));
                parser.skipChildren();
            }
        }
        return new RecordHeader(name, value);
    }

    private static Violation wrongHeader(String pointer) {
        return new Violation(
                pointer, "must be a string, {\"base64\":\"…\"}, null or an array of these");
    }
}
