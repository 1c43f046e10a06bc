package io.eventpipeline.consumer.delivery;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** Something that is due again and again. Confined to one thread. */
public final class Deadline {

    private final Duration interval;
    private final Clock clock;
    private Instant next;

    /** It is due for the first time after the interval. */
    public Deadline(Duration interval, Clock clock) {
        this.interval = interval;
        this.clock = clock;
        this.next = clock.instant().plus(interval);
    }

    /** Whether it is due; if so, it is due again after the interval. */
    public boolean isDue() {
        Instant now = clock.instant();
        if (now.isBefore(next)) {
            return false;
        }
        next = now.plus(interval);
        return true;
    }
}
