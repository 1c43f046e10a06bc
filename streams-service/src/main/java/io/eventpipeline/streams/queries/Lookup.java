package io.eventpipeline.streams.queries;

import org.apache.kafka.streams.state.HostInfo;

/**
 * What became of a question for one key.
 *
 * @param <V> the values of the store
 */
sealed interface Lookup<V> {

    /** The store has it. */
    record Found<V>(V value) implements Lookup<V> {}

    /** The store has read all there is, and does not have it. */
    record Absent<V>() implements Lookup<V> {}

    /** Another instance has the key. */
    record Elsewhere<V>(HostInfo owner) implements Lookup<V> {}

    /** Nobody can tell now. */
    record Unavailable<V>(String reason) implements Lookup<V> {}
}
