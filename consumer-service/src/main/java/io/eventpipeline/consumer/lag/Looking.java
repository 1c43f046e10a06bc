package io.eventpipeline.consumer.lag;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at something when asked, one look at a time, whoever asks meanwhile gets the same one.
 * Thread-safe.
 */
final class Looking<T> implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Looking.class);

    private final Supplier<T> look;
    private final ExecutorService looker;
    private volatile T last;
    private @Nullable CompletableFuture<T> present;

    /**
     * Creates it.
     *
     * @param nothing what was seen before the first look
     */
    Looking(String name, Supplier<T> look, T nothing) {
        this.look = look;
        this.last = nothing;
        looker = Executors.newSingleThreadExecutor(Thread.ofVirtual().name(name).factory());
    }

    /** What is seen now; empty if it is not seen in time. */
    Optional<T> now(Duration patience) {
        try {
            return Optional.of(look().get(patience.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            log.debug("The lag could not be looked at in time", e);
        }
        return Optional.empty();
    }

    /** What was seen last. */
    T last() {
        return last;
    }

    private synchronized CompletableFuture<T> look() {
        CompletableFuture<T> running = present;
        if (running == null || running.isDone()) {
            running =
                    CompletableFuture.supplyAsync(
                            () -> {
                                T seen = look.get();
                                last = seen;
                                return seen;
                            },
                            looker);
            present = running;
        }
        return running;
    }

    @Override
    public void close() {
        looker.shutdownNow();
    }
}
