package io.eventpipeline.standalone.cli;

import io.eventpipeline.standalone.sending.StopSignal;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Work that Ctrl-C and SIGTERM end early, but not before it has said how far it came. */
final class Interruptible {

    private Interruptible() {}

    /**
     * Runs it.
     *
     * @param stop is given at Ctrl-C
     * @param patience how long the end is held up then
     */
    static <T> T run(StopSignal stop, Duration patience, Supplier<T> work) {
        CountDownLatch done = new CountDownLatch(1);
        Thread hook =
                new Thread(
                        () -> {
                            stop.give();
                            awaitEnd(done, patience);
                        },
                        "stop");
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            return work.get();
        } finally {
            done.countDown();
        }
    }

    private static void awaitEnd(CountDownLatch done, Duration patience) {
        try {
            var _ = done.await(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
