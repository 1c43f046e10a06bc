package io.eventpipeline.model.fleet;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.eventpipeline.model.event.Identifier;

/** A vehicle that reports its position. */
public record VehicleId(@JsonValue String value) implements Identifier {

    /**
     * Checks the id.
     *
     * @throws IllegalArgumentException if it is blank, too long or has control characters
     */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public VehicleId {
        Identifier.requireValid(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
