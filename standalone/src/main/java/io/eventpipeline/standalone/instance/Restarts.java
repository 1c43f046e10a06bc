package io.eventpipeline.standalone.instance;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/** Whether a service that has died is worth another start. For one thread. */
final class Restarts {

    static final int MOST = 3;
    static final Duration WITHIN = Duration.ofMinutes(5);

    private final InstantSource clock;
    private final Map<String, Deque<Instant>> made = new HashMap<>();

    Restarts(InstantSource clock) {
        this.clock = clock;
    }

    /** Counts one more, unless the service had its share lately. */
    boolean allowed(String service) {
        Instant now = clock.instant();
        Deque<Instant> lately = made.computeIfAbsent(service, _ -> new ArrayDeque<>());
        lately.removeIf(start -> start.isBefore(now.minus(WITHIN)));
        if (lately.size() >= MOST) {
            return false;
        }
        lately.add(now);
        return true;
    }
}
