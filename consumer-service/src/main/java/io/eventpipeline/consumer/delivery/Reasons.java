package io.eventpipeline.consumer.delivery;

import org.springframework.core.NestedExceptionUtils;

/** Says in one line why something failed. */
public final class Reasons {

    private Reasons() {}

    /** The words of the innermost cause, with its kind. */
    public static String of(Throwable thrown) {
        Throwable cause = NestedExceptionUtils.getMostSpecificCause(thrown);
        return cause.getClass().getSimpleName()
                + ": "
                + String.valueOf(cause.getMessage()).lines().findFirst().orElse("");
    }
}
