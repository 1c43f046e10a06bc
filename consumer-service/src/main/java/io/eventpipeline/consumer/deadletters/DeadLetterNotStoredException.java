package io.eventpipeline.consumer.deadletters;

import java.io.Serial;

/** A dead letter was not confirmed by the brokers; its record must not be passed. */
public final class DeadLetterNotStoredException extends RuntimeException {

    @Serial private static final long serialVersionUID = 1L;

    DeadLetterNotStoredException(String message, Throwable cause) {
        super(message, cause);
    }
}
