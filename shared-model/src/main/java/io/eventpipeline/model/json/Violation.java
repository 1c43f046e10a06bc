package io.eventpipeline.model.json;

/**
 * One thing that is wrong with a value.
 *
 * @param pointer where, as a JSON pointer (RFC 6901); empty for the value as a whole
 * @param detail what, in words for the sender
 */
public record Violation(String pointer, String detail) {

    /** The same violation seen from an enclosing document. */
    public Violation below(String parentPointer) {
        return new Violation(parentPointer + pointer, detail);
    }

    @Override
    public String toString() {
        return pointer.isEmpty() ? detail : pointer + " " + detail;
    }
}
