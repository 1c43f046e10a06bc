package io.eventpipeline.producer.retries.ledger;

import io.eventpipeline.producer.retries.ledger.LedgerLine.State;
import org.jspecify.annotations.Nullable;

/**
 * What the log says of a request so far. Small, because there may be very many: the answer stays in
 * the log.
 *
 * @param state what it says
 * @param place where the log says so: {@link #partition} and {@link #offset} in one number
 * @param claim which attempt that is
 * @param fingerprint the request's content; null if any may follow
 * @param instance who works on it
 * @param life and since which start
 * @param until a claim's lease; else when it is forgotten
 * @param delivery whether a client may ask for it by its id
 * @param answered whether there is an answer at the place
 */
record LedgerEntry(
        State state,
        long place,
        long claim,
        @Nullable Digest fingerprint,
        @Nullable String instance,
        @Nullable String life,
        long until,
        boolean delivery,
        boolean answered) {

    private static final int OFFSET_BITS = 48;

    static LedgerEntry of(LedgerLine line, long place) {
        return new LedgerEntry(
                line.state(),
                place,
                line.claim(),
                line.content(),
                line.instance() == null ? null : line.instance().intern(),
                line.life() == null ? null : line.life().intern(),
                line.until(),
                line.delivery(),
                line.answer() != null);
    }

    static long place(int partition, long offset) {
        return ((long) partition << OFFSET_BITS) | offset;
    }

    static int partition(long place) {
        return (int) (place >>> OFFSET_BITS);
    }

    static long offset(long place) {
        return place & ((1L << OFFSET_BITS) - 1);
    }
}
