package io.eventpipeline.model.ops;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.eventpipeline.model.event.Identifier;

/** A server that is measured. */
public record HostName(@JsonValue String value) implements Identifier {

    /**
     * Checks the id.
     *
     * @throws IllegalArgumentException if it is blank, too long or has control characters
     */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public HostName {
        Identifier.requireValid(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
