package io.eventpipeline.consumer.steering;

import io.eventpipeline.model.json.EventJson;
import io.eventpipeline.model.json.Violation;
import io.eventpipeline.starter.problem.ProblemType;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponseException;
import tools.jackson.databind.JsonNode;

/**
 * The body of a command: reads its fields and gathers all that is wrong with them. For one thread.
 */
final class CommandBody {

    private final JsonNode body;
    private final List<Violation> violations = new ArrayList<>();

    /**
     * Reads a body.
     *
     * @throws io.eventpipeline.model.json.MalformedJsonException if it is not JSON
     */
    CommandBody(byte[] json, Set<String> fields) {
        body = EventJson.readTree(json);
        if (!body.isObject()) {
            throw refused(List.of(new Violation("", "must be an object")));
        }
        body.propertyNames().stream()
                .filter(name -> !fields.contains(name))
                .forEach(name -> violate(name, "is not a field of this command"));
    }

    /** A field that was given, and not as null. */
    @Nullable JsonNode field(String name) {
        JsonNode value = body.get(name);
        return value == null || value.isNull() ? null : value;
    }

    @Nullable String text(String name) {
        JsonNode value = field(name);
        if (value == null || value.isString()) {
            return value == null ? null : value.stringValue();
        }
        violate(name, "must be text");
        return null;
    }

    @Nullable Integer integer(String name) {
        JsonNode value = field(name);
        if (value == null || isInteger(value)) {
            return value == null ? null : value.intValue();
        }
        violate(name, "must be a whole number");
        return null;
    }

    boolean flag(String name) {
        JsonNode value = field(name);
        if (value == null || value.isBoolean()) {
            return value != null && value.booleanValue();
        }
        violate(name, "must be true or false");
        return false;
    }

    static boolean isInteger(JsonNode value) {
        return value.isIntegralNumber() && value.canConvertToInt();
    }

    void violate(String field, String detail) {
        violations.add(new Violation("/" + field, detail));
    }

    /**
     * Ends the reading.
     *
     * @throws ErrorResponseException with status 422, if anything is wrong
     */
    void requireValid() {
        if (!violations.isEmpty()) {
            throw refused(violations);
        }
    }

    /** The answer to a command that cannot be carried out as it is. */
    static ErrorResponseException refused(List<Violation> violations) {
        ProblemDetail problem =
                ProblemType.INVALID_COMMAND.detail(
                        violations.size() == 1
                                ? violations.getFirst().toString()
                                : violations.size() + " things are wrong with the command");
        problem.setProperty(
                "errors",
                violations.stream()
                        .map(found -> new BodyError("#" + found.pointer(), found.detail()))
                        .toList());
        return new ErrorResponseException(ProblemType.INVALID_COMMAND.status(), problem, null);
    }

    private record BodyError(String pointer, String detail) {}
}
