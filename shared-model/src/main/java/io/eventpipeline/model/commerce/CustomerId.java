package io.eventpipeline.model.commerce;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.eventpipeline.model.event.Identifier;

/**
 * Who ordered: the key of orders, addresses, payments and shipments, so that they share a
 * partition.
 */
public record CustomerId(@JsonValue String value) implements Identifier {

    /**
     * Checks the id.
     *
     * @throws IllegalArgumentException if it is blank, too long or has control characters
     */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public CustomerId {
        Identifier.requireValid(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
