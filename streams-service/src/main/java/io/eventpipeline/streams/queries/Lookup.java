package io.eventpipeline.streams.queries;

import io.eventpipeline.streams.queries.freshness.RestoreProgress;
import java.util.List;

/**
 * What became of a question for one key at this instance.
 *
 * @param <V> the answer
 */
sealed interface Lookup<V> {

    /** The store has it. */
    record Found<V>(V value, Origin origin) implements Lookup<V> {}

    /** The store has all there is, and does not have it. */
    record Absent<V>(Origin origin) implements Lookup<V> {}

    /**
     * This instance cannot tell now.
     *
     * @param reason why
     * @param restoring how far the store is, if it is being restored
     */
    record Unavailable<V>(String reason, List<RestoreProgress> restoring) implements Lookup<V> {

        Unavailable(String reason) {
            this(reason, List.of());
        }
    }
}
