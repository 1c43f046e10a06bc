package io.eventpipeline.producer.intake;

import io.eventpipeline.model.json.Violation;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.springframework.web.util.UriUtils;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A field of the event that the path gives. The body may leave it out; if it has it, it must be the
 * same.
 *
 * @param name the field
 * @param value its value, decoded
 */
record PathField(String name, String value) {

    /** The value as a segment of a path, always written the same way. */
    String encoded() {
        return UriUtils.encode(value, StandardCharsets.UTF_8);
    }

    /** Puts the field into the body if it is not there. */
    Optional<Violation> applyTo(ObjectNode body) {
        JsonNode given = body.get(name);
        if (given == null) {
            body.put(name, value);
            return Optional.empty();
        }
        return given.isString() && given.stringValue().equals(value)
                ? Optional.empty()
                : Optional.of(
                        new Violation("/" + name, "must be absent or the same as in the path"));
    }
}
