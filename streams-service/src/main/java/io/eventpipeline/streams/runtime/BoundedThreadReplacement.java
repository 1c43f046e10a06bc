package io.eventpipeline.streams.runtime;

import io.eventpipeline.streams.failure.Failure;
import io.eventpipeline.streams.failure.FailureClassifier;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler;

/**
 * Replaces a thread that died, unless that cannot help or has not helped: then the client shuts
 * down, and {@link StreamsSupervisor} starts another after a pause. Without the bound a failure
 * that comes back at once would keep a processor busy for ever. Thread-safe.
 */
final class BoundedThreadReplacement implements StreamsUncaughtExceptionHandler {

    static final int REPLACEMENTS = 5;
    static final Duration WINDOW = Duration.ofMinutes(1);

    private final Clock clock;
    private final Deque<Instant> replaced = new ArrayDeque<>();

    BoundedThreadReplacement(Clock clock) {
        this.clock = clock;
    }

    @Override
    public synchronized StreamThreadExceptionResponse handle(Throwable failure) {
        Instant now = clock.instant();
        while (!replaced.isEmpty() && replaced.getFirst().isBefore(now.minus(WINDOW))) {
            replaced.removeFirst();
        }
        if (FailureClassifier.classify(failure) == Failure.FATAL
                || replaced.size() >= REPLACEMENTS) {
            return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
        }
        replaced.addLast(now);
        return StreamThreadExceptionResponse.REPLACE_THREAD;
    }
}
