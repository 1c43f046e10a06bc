package io.eventpipeline.model.event;

/**
 * An id with a type of its own, so that a customer cannot be passed where an order is expected. In
 * JSON and as a record key it is a plain string. Implementations are records that call {@link
 * #requireValid} in their constructor, so that an instance is valid by construction.
 */
public interface Identifier {

    /** The longest id in characters. */
    int MAX_LENGTH = 200;

    /** The id as text: not blank, without control characters, at most {@link #MAX_LENGTH} long. */
    String value();

    /**
     * Returns the given id if it is valid.
     *
     * @throws IllegalArgumentException with a reason that can be shown to the sender
     */
    static String requireValid(String value) {
        if (value.isBlank()) {
            throw new IllegalArgumentException("must not be blank");
        }
        if (value.length() > MAX_LENGTH) {
            throw new IllegalArgumentException("must have at most " + MAX_LENGTH + " characters");
        }
        if (value.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("must not contain control characters");
        }
        return value;
    }
}
