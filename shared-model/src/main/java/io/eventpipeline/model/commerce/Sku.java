package io.eventpipeline.model.commerce;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.eventpipeline.model.event.Identifier;

/** The stock-keeping unit of a product: the key of the product catalogue. */
public record Sku(@JsonValue String value) implements Identifier {

    /**
     * Checks the id.
     *
     * @throws IllegalArgumentException if it is blank, too long or has control characters
     */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public Sku {
        Identifier.requireValid(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
