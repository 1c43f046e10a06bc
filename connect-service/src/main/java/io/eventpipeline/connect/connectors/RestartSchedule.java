package io.eventpipeline.connect.connectors;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Decides when what has failed is restarted: after a pause that doubles with every failure, until
 * it ran long enough, and only so often. One thread uses it.
 */
final class RestartSchedule {

    private final RestartProperties properties;
    private final Map<Member, History> histories = new HashMap<>();

    RestartSchedule(RestartProperties properties) {
        this.properties = properties;
    }

    /**
     * Takes note of a failed member; tells whether it is to be restarted now.
     *
     * @param revision another one than before means that somebody has acted: all begins anew
     * @param cause what it failed with
     */
    boolean isDue(Member member, String revision, @Nullable String cause, Instant now) {
        History history = histories.get(member);
        if (history == null || !history.revision.equals(revision)) {
            history = new History(properties.firstPause(), revision, cause, now);
            histories.put(member, history);
        }
        history.lastCause = cause;
        if (history.restarts >= properties.limit()) {
            history.restartAt = null;
            return false;
        }
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
            history.restarts++;
        }
    }

    /** Takes note of a member that has not failed: after some time its past is forgotten. */
    void isWell(Member member, String revision, Instant now) {
        History history = histories.get(member);
        if (history == null) {
            return;
        }
        history.restartAt = null;
        if (!history.revision.equals(revision)
                || history.restartedAt == null
                || !now.isBefore(history.restartedAt.plus(properties.stableAfter()))) {
            histories.remove(member);
        }
    }

    /** Forgets whoever is not among these. */
    void retain(Set<Member> members) {
        histories.keySet().retainAll(members);
    }

    /** What is remembered of each member that has failed. */
    Map<Member, Failures> failures() {
        return histories.entrySet().stream()
                .collect(
                        Collectors.toUnmodifiableMap(
                                Map.Entry::getKey, entry -> failures(entry.getValue())));
    }

    private Failures failures(History history) {
        return new Failures(
                history.restarts,
                history.firstCause,
                history.lastCause,
                history.since,
                history.restartAt,
                history.restarts >= properties.limit());
    }

    private static final class History {

        private final String revision;
        private final @Nullable String firstCause;
        private final Instant since;
        private @Nullable String lastCause;
        private Duration pause;
        private int restarts;
        private @Nullable Instant restartAt;
        private @Nullable Instant restartedAt;

        History(Duration pause, String revision, @Nullable String cause, Instant now) {
            this.pause = pause;
            this.revision = revision;
            this.firstCause = cause;
            this.since = now;
        }
    }
}
