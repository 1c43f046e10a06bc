package io.eventpipeline.model.json;

import java.io.Serial;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A value is not a valid event. The message names the pointers and the reasons, never the payload.
 */
public final class InvalidEventException extends RuntimeException {

    @Serial private static final long serialVersionUID = 1L;

    private final transient List<Violation> violations;

    /**
     * Creates the exception for an event type and all that is wrong with the value.
     *
     * @param type the CloudEvents type that was expected
     * @param violations at least one
     */
    public InvalidEventException(String type, List<Violation> violations) {
        super(
                "Not a valid "
                        + type
                        + ": "
                        + violations.stream()
                                .map(Violation::toString)
                                .collect(Collectors.joining("; ")));
        this.violations = List.copyOf(violations);
    }

    /** All that is wrong with the value, in the order of the event's fields. */
    public List<Violation> violations() {
        return violations;
    }
}
