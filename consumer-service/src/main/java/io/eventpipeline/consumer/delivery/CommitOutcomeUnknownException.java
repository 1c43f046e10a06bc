package io.eventpipeline.consumer.delivery;

import java.io.Serial;

/** A commit was sent and not answered: the batch is stored as a whole, or not at all. */
final class CommitOutcomeUnknownException extends RuntimeException {

    @Serial private static final long serialVersionUID = 1L;

    CommitOutcomeUnknownException(Throwable cause) {
        super("A commit was not answered", cause);
    }
}
