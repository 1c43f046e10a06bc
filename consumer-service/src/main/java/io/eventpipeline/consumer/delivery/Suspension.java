package io.eventpipeline.consumer.delivery;

import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The pauses of a member that cannot work: each twice as long as the one before, up to a limit,
 * until a delivery succeeds. Confined to one thread.
 */
public final class Suspension {

    private final RetryProperties retry;
    private final Clock clock;
    private @Nullable String reason;
    private Instant nextAttempt = Instant.MIN;
    private int failures;

    /** Creates it for a member that works. */
    public Suspension(RetryProperties retry, Clock clock) {
        this.retry = retry;
        this.clock = clock;
    }

    /**
     * Begins a pause, or the next one.
     *
     * @return whether the member worked until now
     */
    public boolean begin(String why) {
        boolean worked = reason == null;
        reason = why;
        failures++;
        nextAttempt = clock.instant().plus(retry.pauseAfter(failures));
        return worked;
    }

    /** Whether an attempt may be made. */
    public boolean allowsAttempt() {
        return reason == null || !clock.instant().isBefore(nextAttempt);
    }

    /**
     * An attempt to begin again succeeded.
     *
     * @return whether the member was suspended until now
     */
    public boolean end() {
        boolean suspended = reason != null;
        reason = null;
        return suspended;
    }

    /** Work got done: the next failure is a first one. */
    public void succeeded() {
        failures = 0;
    }

    /** Why the member does not work; empty while it does. */
    public Optional<String> reason() {
        return Optional.ofNullable(reason);
    }
}
