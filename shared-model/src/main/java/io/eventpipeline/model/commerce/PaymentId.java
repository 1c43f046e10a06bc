package io.eventpipeline.model.commerce;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.eventpipeline.model.event.Identifier;

/** The business id of a captured payment. */
public record PaymentId(@JsonValue String value) implements Identifier {

    /**
     * Checks the id.
     *
     * @throws IllegalArgumentException if it is blank, too long or has control characters
     */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public PaymentId {
        Identifier.requireValid(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
