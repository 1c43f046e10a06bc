package io.eventpipeline.streams.queries.freshness;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does something again and again, and at once if somebody waits for it: many who wait share one
 * round. The work is done by one thread; the methods may be called by any.
 */
final class Rounds implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Rounds.class);
    private static final Duration INTERVAL = Duration.ofMillis(500);

    private final String name;
    private final Round round;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition wanted = lock.newCondition();
    private final Condition done = lock.newCondition();

    private boolean isWanted;
    private boolean anyDone;
    private long began;
    private volatile @Nullable Thread worker;

    Rounds(String name, Round round) {
        this.name = name;
        this.round = round;
    }

    /** One round. */
    @FunctionalInterface
    interface Round {

        /** What a round does; what it throws is logged, and the next round tries again. */
        void run() throws Exception;
    }

    void start() {
        worker = Thread.ofVirtual().name(name).start(this::work);
    }

    /**
     * Waits for a round that begins after the call.
     *
     * @return false if it was not done in time
     */
    boolean await(Duration patience) throws InterruptedException {
        long called = System.nanoTime();
        long left = patience.toNanos();
        lock.lockInterruptibly();
        try {
            while (!anyDone || began - called < 0) {
                if (left <= 0) {
                    return false;
                }
                isWanted = true;
                wanted.signal();
                left = done.awaitNanos(left);
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    private void work() {
        try {
            while (true) {
                long beginning = System.nanoTime();
                run();
                lock.lockInterruptibly();
                try {
                    anyDone = true;
                    began = beginning;
                    done.signalAll();
                    if (!isWanted) {
                        boolean _ = wanted.await(INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
                    }
                    isWanted = false;
                } finally {
                    lock.unlock();
                }
            }
        } catch (InterruptedException _) {
            log.debug("{} ended", name);
        }
    }

    private void run() throws InterruptedException {
        try {
            round.run();
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            log.debug("{} failed", name, e);
        }
    }

    @Override
    public void close() {
        Thread running = worker;
        if (running != null) {
            running.interrupt();
        }
    }
}
