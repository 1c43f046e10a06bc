package io.eventpipeline.systemtests.load;

import java.util.concurrent.locks.LockSupport;

/**
 * Spreads work over time at a rate. Who falls behind catches up for a second at most. Confined to
 * one thread.
 */
public final class Pace {

    private static final long NAP_NANOS = 2_000_000;
    private static final long SECOND_NANOS = 1_000_000_000;

    private long due = System.nanoTime();

    /**
     * Waits for the next turn.
     *
     * @param rate turns a second
     */
    public void await(int rate) {
        due = Math.max(due, System.nanoTime() - SECOND_NANOS);
        while (due - System.nanoTime() > NAP_NANOS) {
            LockSupport.parkNanos(NAP_NANOS);
        }
        due += SECOND_NANOS / rate;
    }
}
