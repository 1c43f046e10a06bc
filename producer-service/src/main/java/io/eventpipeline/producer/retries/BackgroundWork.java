package io.eventpipeline.producer.retries;

import io.eventpipeline.starter.problem.ProblemType;
import java.time.Duration;
import java.util.concurrent.Phaser;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Work whose sender was answered already: a bounded number of requests and bytes. The end of the
 * service waits for it. Thread-safe; a {@link Place} is used once.
 */
final class BackgroundWork implements SmartLifecycle {

    private static final int RETRY_AFTER_SECONDS = 1;

    private static final Logger log = LoggerFactory.getLogger(BackgroundWork.class);

    private final int maxRequests;
    private final long maxBytes;
    private final Duration longestWork;
    private final AtomicInteger requests = new AtomicInteger();
    private final AtomicLong bytes = new AtomicLong();
    private final Phaser end = new Phaser(1);
    private volatile boolean running;

    BackgroundWork(int maxRequests, long maxBytes, Duration longestWork) {
        this.maxRequests = maxRequests;
        this.maxBytes = maxBytes;
        this.longestWork = longestWork;
    }

    /**
     * Takes a place.
     *
     * @throws org.springframework.web.ErrorResponseException 503 if there is none
     */
    Place enter(long size) {
        if (requests.incrementAndGet() > maxRequests) {
            requests.decrementAndGet();
            throw SafeRetries.refused(
                    ProblemType.OVERLOADED,
                    "More than " + maxRequests + " requests in the background; nothing was sent",
                    RETRY_AFTER_SECONDS);
        }
        if (bytes.addAndGet(size) > maxBytes) {
            bytes.addAndGet(-size);
            requests.decrementAndGet();
            throw SafeRetries.refused(
                    ProblemType.OVERLOADED,
                    "More than " + maxBytes + " bytes in the background; nothing was sent",
                    RETRY_AFTER_SECONDS);
        }
        end.register();
        return new Place(size);
    }

    int inFlight() {
        return requests.get();
    }

    /** Room for one request, given back when its work is done or never begins. */
    final class Place implements AutoCloseable {

        private final long size;

        private Place(long size) {
            this.size = size;
        }

        void run(Runnable work) {
            Thread.ofVirtual()
                    .name("background-request")
                    .start(() -> {
                        try (this) {
                            work.run();
                        }
                    });
        }

        @Override
        public void close() {
            bytes.addAndGet(-size);
            requests.decrementAndGet();
            end.arriveAndDeregister();
        }
    }

    @Override
    public void start() {
        running = true;
    }

    @Override
    public void stop() {
        running = false;
        int phase = end.arriveAndDeregister();
        try {
            if (phase >= 0) {
                end.awaitAdvanceInterruptibly(phase, longestWork.toMillis(), TimeUnit.MILLISECONDS);
            }
        } catch (TimeoutException e) {
            log.warn("{} requests in the background were not finished", requests.get());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** After the web server, before the ledger (50) and the producers. */
    @Override
    public int getPhase() {
        return 100;
    }
}
