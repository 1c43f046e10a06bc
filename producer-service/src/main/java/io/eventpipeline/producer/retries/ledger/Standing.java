package io.eventpipeline.producer.retries.ledger;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** How a request stands that the ledger knows. */
public sealed interface Standing {

    /** The request's content; null if any may follow. */
    @Nullable Digest fingerprint();

    /** Whether a client may ask for it by its id. */
    boolean delivery();

    /** Where the ledger says so; a claim names it. */
    long place();

    /** Whether a request may follow this one although it was not answered like this. */
    default boolean allows(Digest content) {
        return fingerprint() == null || content.equals(fingerprint());
    }

    /**
     * Somebody works on it.
     *
     * @param until when it may be sent again at the latest
     */
    record InFlight(@Nullable Digest fingerprint, boolean delivery, long place, Instant until)
            implements Standing {}

    /** Whoever worked on it did not come to an end; it may be sent again. */
    record Abandoned(@Nullable Digest fingerprint, boolean delivery, long place)
            implements Standing {}

    /**
     * It was answered.
     *
     * @param until as long as it is known
     */
    record Answered(@Nullable Digest fingerprint, boolean delivery, long place, Instant until)
            implements Standing {}

    /**
     * It ended, and may be sent again.
     *
     * @param answered whether what was told is kept
     */
    record Repeatable(@Nullable Digest fingerprint, boolean delivery, long place, boolean answered)
            implements Standing {}
}
