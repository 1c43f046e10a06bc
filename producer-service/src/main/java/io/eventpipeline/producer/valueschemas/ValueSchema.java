package io.eventpipeline.producer.valueschemas;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import io.eventpipeline.model.json.EventJson;
import io.eventpipeline.model.json.Violation;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.List;
import java.util.function.Consumer;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** The JSON Schema of one topic's values. Thread-safe. */
final class ValueSchema {

    /** More than a person or a program will mend at once. */
    private static final int MOST_FINDINGS = 100;

    private final Schema schema;
    private final JsonNode json;

    ValueSchema(Schema schema, JsonNode json) {
        this.schema = schema;
        this.json = json;
    }

    JsonNode json() {
        return json;
    }

    /** Says all that is wrong with the bytes of a value, with pointers from its root. */
    void check(byte[] value, Consumer<Violation> violations) {
        JsonNode node;
        try {
            // From a string: out of bytes Jackson would take UTF-16 and UTF-32 as well.
            String text = UTF_8.newDecoder().decode(ByteBuffer.wrap(value)).toString();
            node = EventJson.mapper().readTree(text);
        } catch (CharacterCodingException e) {
            violations.accept(new Violation("", "must be JSON, in UTF-8"));
            return;
        } catch (JacksonException e) {
            violations.accept(new Violation("", "must be JSON, one value without repeated fields"));
            return;
        }
        if (node.isMissingNode()) {
            violations.accept(new Violation("", "must be JSON, and is empty"));
            return;
        }
        List<Error> findings = schema.validate(node);
        findings.stream().limit(MOST_FINDINGS).map(ValueSchema::violation).forEach(violations);
        if (findings.size() > MOST_FINDINGS) {
            violations.accept(
                    new Violation("", findings.size() - MOST_FINDINGS + " more things are wrong"));
        }
    }

    /** The pointer names the field, as at typed doors, where the library points at its object. */
    private static Violation violation(Error error) {
        String pointer = error.getInstanceLocation().toString();
        String field = error.getProperty();
        if (field == null) {
            return new Violation(pointer, error.getMessage());
        }
        return new Violation(
                pointer + "/" + field.replace("~", "~0").replace("/", "~1"),
                switch (error.getKeyword()) {
                    case "required" -> "is required";
                    case "additionalProperties", "unevaluatedProperties" -> "unknown field";
                    default -> error.getMessage();
                });
    }
}
