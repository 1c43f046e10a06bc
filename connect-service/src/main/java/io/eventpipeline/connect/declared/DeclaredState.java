package io.eventpipeline.connect.declared;

import java.util.Map;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * How a declared connector stands to the one that is there.
 *
 * @param file where it is declared
 * @param connector its name
 * @param status in one word
 * @param differences by property, what is declared and what is there, without secrets
 * @param problem why it cannot be put in place
 */
public record DeclaredState(
        String file,
        String connector,
        Status status,
        SortedMap<String, Map<String, String>> differences,
        @Nullable String problem) {

    /** How it stands. */
    public enum Status {
        /** It is there as declared, or not there where it is declared to be absent. */
        IN_PLACE,
        /** There is none of the name. */
        MISSING,
        /** It has another configuration. */
        DIFFERENT,
        /** It is there and is declared to be absent. */
        TO_REMOVE
    }

    /** Whether nothing is to be done. */
    public boolean isInPlace() {
        return status == Status.IN_PLACE;
    }

    DeclaredState withProblem(@Nullable String why) {
        return new DeclaredState(file, connector, status, differences, why);
    }
}
