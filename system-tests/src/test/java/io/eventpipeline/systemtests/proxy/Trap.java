package io.eventpipeline.systemtests.proxy;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.awaitility.core.ConditionTimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Catches the next transaction that comes to a moment, once. What is caught stands still until it
 * is told how to go on. Safe for use by several threads.
 */
public final class Trap {

    private static final Duration TIMEOUT = Duration.ofMinutes(5);

    private final Moment moment;
    private final CompletableFuture<ProxiedSession> caught = new CompletableFuture<>();
    private final CountDownLatch goOn = new CountDownLatch(1);
    private volatile boolean committed;

    Trap(Moment moment) {
        this.moment = moment;
    }

    Moment moment() {
        return moment;
    }

    /** Waits until a transaction is caught. */
    public Trap awaitCatch() {
        await("a transaction to be caught " + moment).atMost(TIMEOUT).until(caught::isDone);
        return this;
    }

    /** Waits a while for a transaction to be caught, and tells whether one was. */
    public boolean catchesWithin(Duration patience) {
        try {
            await("a transaction to be caught " + moment).atMost(patience).until(caught::isDone);
            return true;
        } catch (ConditionTimeoutException e) {
            return false;
        }
    }

    /** Waits until the server has said that it committed what the client will never hear of. */
    public void awaitCommitted() {
        await("the server to commit").atMost(TIMEOUT).until(() -> committed);
    }

    /** Passes on what the client said, and returns when the server's answer is on its way back. */
    public void release() {
        ProxiedSession session = caught.join();
        long before = session.answers();
        goOn.countDown();
        await("an answer to what was held up")
                .atMost(TIMEOUT)
                .until(() -> session.answers() > before || session.isClosed());
    }

    /** Cuts the connection: the client sees a reset. Nothing more is passed on. */
    public void cut() {
        if (caught.isDone()) {
            caught.join().close();
        }
        goOn.countDown();
    }

    /** Called by the session's thread. */
    void catchAndWait(ProxiedSession session) {
        caught.complete(session);
        try {
            goOn.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    void committed() {
        committed = true;
    }

    /** A trap that is not wanted any more lets go what it holds. */
    static void abandon(@Nullable Trap trap) {
        if (trap != null) {
            trap.goOn.countDown();
        }
    }
}
