package io.eventpipeline.consumer.webhook;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps everyone from a target that takes nothing: after a pause, one call finds out whether it is
 * back, and the others wait for what comes of it. Pauses grow up to a bound. Thread-safe.
 *
 * <p>A call that began before the gate was closed neither opens it nor closes it again: hundreds of
 * them may be under way, and some of their answers come later than what closed it.
 */
final class TargetGate {

    /** The longest that a target may ask to be left alone for. */
    private static final Duration LONGEST_RETRY_AFTER = Duration.ofMinutes(10);

    private static final Logger log = LoggerFactory.getLogger(TargetGate.class);

    private final Duration initialPause;
    private final Duration maxPause;
    private @Nullable String reason;
    private Duration pause;
    private long nextAttempt;
    private boolean probing;
    private long timesClosed;
    private boolean answeredOnce;
    private long lastAnswer;

    TargetGate(Duration initialPause, Duration maxPause) {
        this.initialPause = initialPause;
        this.maxPause = maxPause;
        pause = initialPause;
    }

    /**
     * Returns when the caller may call the target; it must say what came of it.
     *
     * @return what to say it with
     */
    synchronized long await() throws InterruptedException {
        while (reason != null) {
            long left = (nextAttempt - System.nanoTime()) / 1_000_000;
            if (left <= 0 && !probing) {
                probing = true;
                return timesClosed;
            }
            wait(Math.max(left, 1) + (probing ? 1_000 : 0));
        }
        return timesClosed;
    }

    /** The target answered, whatever it thought of the event. */
    synchronized void answered(long call) {
        answeredOnce = true;
        lastAnswer = System.nanoTime();
        if (call < timesClosed) {
            return;
        }
        if (reason != null) {
            log.info("The webhook's target is back");
        }
        reason = null;
        pause = initialPause;
        probing = false;
        notifyAll();
    }

    /** Whether the target answered anyone after a moment of {@link System#nanoTime()}. */
    synchronized boolean hasAnsweredSince(long moment) {
        return answeredOnce && lastAnswer - moment > 0;
    }

    /** The target takes nothing. */
    synchronized void unavailable(long call, String why, Duration retryAfter) {
        if (call < timesClosed) {
            return;
        }
        if (reason == null) {
            timesClosed++;
            log.warn("The webhook's target takes nothing: {}", why);
        } else if (probing) {
            Duration doubled = pause.multipliedBy(2);
            pause = doubled.compareTo(maxPause) < 0 ? doubled : maxPause;
        }
        reason = why;
        Duration wanted =
                retryAfter.compareTo(LONGEST_RETRY_AFTER) < 0 ? retryAfter : LONGEST_RETRY_AFTER;
        Duration longer = wanted.compareTo(pause) > 0 ? wanted : pause;
        nextAttempt = System.nanoTime() + longer.toNanos();
        probing = false;
        notifyAll();
    }

    /** The caller was interrupted before anything came of its call. */
    synchronized void abandoned(long call) {
        if (call == timesClosed) {
            probing = false;
            notifyAll();
        }
    }

    /** Why nothing is sent; empty while all is well. */
    synchronized Optional<String> reason() {
        return Optional.ofNullable(reason);
    }
}
