package io.eventpipeline.consumer.intake;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/**
 * A record that no retry can mend. Its message becomes a header of the dead letter: it says what is
 * wrong, never what stood there, and nothing about the position, so that equal causes group.
 */
public final class PoisonRecordException extends RuntimeException {

    @Serial private static final long serialVersionUID = 1L;

    private final PoisonReason reason;

    /** Creates it with the reason in words. */
    public PoisonRecordException(PoisonReason reason, String message) {
        this(reason, message, null);
    }

    /** Creates it with the reason in words and its cause, which must not quote the payload. */
    public PoisonRecordException(PoisonReason reason, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    /** Why, as a word of a small set. */
    public PoisonReason reason() {
        return reason;
    }
}
