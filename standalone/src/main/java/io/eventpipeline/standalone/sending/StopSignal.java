package io.eventpipeline.standalone.sending;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Ends a run before its time. May be given by any thread, and heard by any number of them. */
public final class StopSignal {

    private final CountDownLatch given = new CountDownLatch(1);

    /** Gives it; the run ends when what is in flight was answered. */
    public void give() {
        given.countDown();
    }

    boolean isGiven() {
        return given.getCount() == 0;
    }

    /** Waits, but not beyond the signal. Returns whether it was given. */
    boolean sleep(long nanos) {
        try {
            return given.await(Math.max(0, nanos), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }
}
