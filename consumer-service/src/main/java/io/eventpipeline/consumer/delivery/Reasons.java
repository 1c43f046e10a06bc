package io.eventpipeline.consumer.delivery;

import org.springframework.core.NestedExceptionUtils;

/** Says in one line why something failed. */
final class Reasons {

    private Reasons() {}

    /** The words of the innermost cause, with its kind. */
    static String of(Throwable thrown) {
        Throwable cause = NestedExceptionUtils.getMostSpecificCause(thrown);
        return cause.getClass().getSimpleName()
                + ": "
                + String.valueOf(cause.getMessage()).lines().findFirst().orElse("");
    }
}
