package io.eventpipeline.consumer.groups;

import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a listener of this instance does.
 *
 * @param name what it does
 * @param reason why it does not read, or not all; null while it does
 * @param stopped the partitions that wait for an operator, each with the reason
 */
public record ListenerState(Name name, @Nullable String reason, Map<String, String> stopped) {

    /** What a listener does. */
    public enum Name {
        /** It was never started: topics or schema are not there yet. */
        WAITING,
        /** It reads. */
        RUNNING,
        /** It was told to pause and still has a batch in hand. */
        PAUSING,
        /** It was told to pause; it keeps its partitions. */
        PAUSED,
        /** It was told to stop and still has a batch in hand. */
        STOPPING,
        /** It was told to stop; its partitions are with others. */
        STOPPED,
        /** It waits for something that is away, and goes on by itself. */
        SUSPENDED,
        /** It reads, but for partitions that wait for an operator. */
        ALARM,
        /** A consumer ended by an error. */
        FAILED;

        /** As health and the listeners endpoint say it. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static ListenerState of(Name name, @Nullable String reason) {
        return new ListenerState(name, reason, Map.of());
    }
}
