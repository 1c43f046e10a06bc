package io.eventpipeline.producer.cloudevents;

import static io.eventpipeline.producer.cloudevents.AttributeRules.DATA;
import static io.eventpipeline.producer.cloudevents.AttributeRules.DATA_BASE64;
import static io.eventpipeline.producer.cloudevents.AttributeRules.DATA_CONTENT_TYPE;

import io.eventpipeline.model.json.EventJson;
import io.eventpipeline.model.json.InvalidEventException;
import io.eventpipeline.model.json.MalformedJsonException;
import io.eventpipeline.model.json.Violation;
import io.eventpipeline.producer.cloudevents.ContentMode.MediaTypes;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads one event in the JSON event format (CloudEvents JSON event format 1.0.2). Data that is JSON
 * is cut out of the body as it stands there, never parsed and written again, so that numbers keep
 * their digits and a string stays a JSON string. One instance reads one event.
 */
final class JsonEventReader {

    private static final JsonMapper MAPPER = EventJson.mapper();
    private static final String JSON = "application/json";
    private static final String EVENT = "CloudEvent";

    private final byte[] json;
    private final Map<String, String> attributes = new LinkedHashMap<>();
    private final List<Violation> violations = new ArrayList<>();
    private @Nullable String dataContentType;
    private byte @Nullable [] dataMember;
    private byte @Nullable [] data;

    private JsonEventReader(byte[] json) {
        this.json = json;
    }

    /**
     * Reads an event.
     *
     * @throws MalformedJsonException if it is not one JSON value
     * @throws InvalidEventException with all that is wrong with it
     */
    static ReceivedEvent read(byte[] json) {
        return new JsonEventReader(json).read();
    }

    private ReceivedEvent read() {
        try (JsonParser parser = MAPPER.createParser(json)) {
            JsonToken first = parser.nextToken();
            if (first == null) {
                throw new MalformedJsonException("There is no JSON: the value is empty");
            }
            if (first == JsonToken.START_OBJECT) {
                readMembers(parser);
            } else {
                parser.skipChildren();
            }
            if (parser.nextToken() != null) {
                throw new MalformedJsonException("There is more than one JSON value");
            }
            if (first != JsonToken.START_OBJECT) {
                throw invalid(List.of(new Violation("", "must be a JSON object")));
            }
        } catch (JacksonException e) {
            throw malformed(e);
        }
        for (Violation violation : AttributeRules.check(attributes, dataContentType)) {
            if (violations.stream().noneMatch(v -> v.pointer().equals(violation.pointer()))) {
                violations.add(violation);
            }
        }
        if (dataMember != null && violations.isEmpty()) {
            data = dataOf(dataMember);
        }
        if (!violations.isEmpty()) {
            throw invalid(violations);
        }
        return new ReceivedEvent(
                attributes,
                data != null && dataContentType == null ? JSON : dataContentType,
                data,
                json);
    }

    private void readMembers(JsonParser parser) {
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            JsonToken value = parser.nextToken();
            switch (name) {
                case DATA -> dataMember = slice(parser);
                case DATA_BASE64 -> readBase64(parser, value);
                default -> readAttribute(name, parser, value);
            }
        }
        if (dataMember != null && data != null) {
            violations.add(
                    new Violation("/" + DATA_BASE64, "must be absent where there is " + DATA));
        }
    }

    private byte[] slice(JsonParser parser) {
        int start = (int) parser.currentTokenLocation().getByteOffset();
        parser.skipChildren();
        parser.finishToken();
        int end = (int) parser.currentLocation().getByteOffset();
        return Arrays.copyOfRange(json, start, end);
    }

    private void readBase64(JsonParser parser, JsonToken value) {
        if (value == JsonToken.VALUE_NULL) {
            return;
        }
        parser.skipChildren();
        try {
            if (value == JsonToken.VALUE_STRING) {
                data = Base64.getDecoder().decode(parser.getString());
                return;
            }
        } catch (IllegalArgumentException e) {
            // Told with the other case.
        }
        violations.add(new Violation("/" + DATA_BASE64, "must be a string of base64 (RFC 4648)"));
    }

    private void readAttribute(String name, JsonParser parser, JsonToken value) {
        String wrongName = AttributeRules.wrongName(name);
        if (wrongName != null) {
            parser.skipChildren();
            violations.add(new Violation(pointer(name), wrongName));
            return;
        }
        switch (value) {
            case VALUE_NULL -> {
                // The same as an attribute that is not there (section 2.2).
            }
            case VALUE_STRING -> set(name, parser.getString());
            case VALUE_TRUE, VALUE_FALSE -> setExtension(name, parser.getString());
            case VALUE_NUMBER_INT -> {
                if (parser.getNumberType() == JsonParser.NumberType.INT) {
                    setExtension(name, Integer.toString(parser.getIntValue()));
                } else {
                    wrongType(name);
                }
            }
            default -> {
                parser.skipChildren();
                wrongType(name);
            }
        }
    }

    private void setExtension(String name, String value) {
        if (AttributeRules.isDefined(name)) {
            wrongType(name);
        } else {
            set(name, value);
        }
    }

    private void set(String name, String value) {
        if (name.equals(DATA_CONTENT_TYPE)) {
            dataContentType = value;
        } else {
            attributes.put(name, value);
        }
    }

    private void wrongType(String name) {
        violations.add(
                new Violation(
                        "/" + name,
                        AttributeRules.isDefined(name)
                                ? "must be a string"
                                : "must be a string, a boolean or a whole number of 32 bits"));
    }

    /** Section 3.1.2: what the member means depends on the media type. */
    private byte @Nullable [] dataOf(byte[] member) {
        String type = dataContentType;
        if (type == null || MediaTypes.isJson(type)) {
            return member;
        }
        if (member[0] != '"') {
            violations.add(
                    new Violation(
                            "/" + DATA,
                            "must be a string, because datacontenttype does not declare JSON"));
            return null;
        }
        try {
            ByteBuffer encoded =
                    charset(type)
                            .newEncoder()
                            .encode(CharBuffer.wrap(MAPPER.readValue(member, String.class)));
            byte[] bytes = new byte[encoded.remaining()];
            encoded.get(bytes);
            return bytes;
        } catch (CharacterCodingException
                | UnsupportedOperationException
                | InvalidMediaTypeException e) {
            violations.add(
                    new Violation(
                            "/" + DATA, "cannot be written in the charset of datacontenttype"));
            return null;
        }
    }

    private static Charset charset(String mediaType) {
        Charset charset = MediaType.parseMediaType(mediaType).getCharset();
        return charset == null ? StandardCharsets.UTF_8 : charset;
    }

    private static InvalidEventException invalid(List<Violation> violations) {
        return new InvalidEventException(EVENT, violations);
    }

    /** RFC 6901, section 3. */
    private static String pointer(String name) {
        return "/" + name.replace("~", "~0").replace("/", "~1");
    }

    private static MalformedJsonException malformed(JacksonException e) {
        TokenStreamLocation at = e.getLocation();
        return new MalformedJsonException(
                at == null
                        ? "The event is not JSON"
                        : "The event is not JSON: reading stopped at line "
                                + at.getLineNr()
                                + ", column "
                                + at.getColumnNr());
    }
}
