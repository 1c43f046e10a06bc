package io.eventpipeline.connect.connectors;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Decides when what has failed is restarted: after a pause that doubles with every failure, until
 * it ran long enough. One thread uses it.
 */
final class RestartSchedule {

    /**
     * A connector, or one of its tasks.
     *
     * @param connector the connector's name
     * @param task the task's number; absent for the connector itself
     */
    record Member(String connector, @Nullable Integer task) {}

    private final RestartProperties properties;
    private final Map<Member, History> histories = new HashMap<>();

    RestartSchedule(RestartProperties properties) {
        this.properties = properties;
    }

    /** Takes note of a failed member; tells whether it is to be restarted now. */
    boolean isDue(Member member, Instant now) {
        History history =
                histories.computeIfAbsent(member, ignored -> new History(properties.firstPause()));
        if (history.restartAt == null) {
            history.restartAt = now.plus(history.pause);
        }
        return !now.isBefore(history.restartAt);
    }

    /** Takes note of a restart: should the member fail again, it waits longer. */
    void restarted(Member member, Instant now) {
        History history = histories.get(member);
        if (history != null) {
            Duration doubled = history.pause.multipliedBy(2);
            history.pause =
                    doubled.compareTo(properties.longestPause()) < 0
                            ? doubled
                            : properties.longestPause();
            history.restartAt = null;
            history.restartedAt = now;
        }
    }

    /** Takes note of a member that has not failed: after some time its past is forgotten. */
    void isWell(Member member, Instant now) {
        History history = histories.get(member);
        if (history == null) {
            return;
        }
        history.restartAt = null;
        if (history.restartedAt == null
                || !now.isBefore(history.restartedAt.plus(properties.stableAfter()))) {
            histories.remove(member);
        }
    }

    private static final class History {

        private Duration pause;
        private @Nullable Instant restartAt;
        private @Nullable Instant restartedAt;

        History(Duration pause) {
            this.pause = pause;
        }
    }
}
