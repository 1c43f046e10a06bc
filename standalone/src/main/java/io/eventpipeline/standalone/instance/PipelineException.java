package io.eventpipeline.standalone.instance;

import org.jspecify.annotations.Nullable;

/** Something the user has to mend; the message is what {@code ./pipeline} prints, nothing else. */
public final class PipelineException extends RuntimeException {

    /**
     * Creates the failure.
     *
     * @param message one sentence: what is wrong and what to do
     */
    public PipelineException(String message) {
        super(message);
    }

    /**
     * Creates the failure.
     *
     * @param message one sentence: what is wrong and what to do
     * @param cause what was caught
     */
    public PipelineException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
