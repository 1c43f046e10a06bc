package io.eventpipeline.streams.pages;

import java.time.Instant;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.kstream.Windowed;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.SessionStore;
import org.apache.kafka.streams.state.TimestampedWindowStore;
import org.apache.kafka.streams.state.ValueAndTimestamp;

/** The counts of one window kind, by the end of their windows. Confined to the task's thread. */
@FunctionalInterface
interface CountStore {

    /** Makes one of a store of Kafka Streams. */
    @FunctionalInterface
    interface Opener {

        CountStore open(StateStore store);
    }

    /** All windows that end in a range, both ends inclusive, and maybe others; to be closed. */
    KeyValueIterator<Windowed<String>, Long> endingWithin(long first, long last);

    /** Reads a store of windows that all have the same size. */
    @SuppressWarnings("unchecked")
    static CountStore ofWindows(StateStore store, long size) {
        TimestampedWindowStore<String, Long> windows = (TimestampedWindowStore<String, Long>) store;
        return (first, last) ->
                new Counts(
                        windows.fetchAll(
                                Instant.ofEpochMilli(Math.max(0, first - size)),
                                Instant.ofEpochMilli(Math.max(0, last - size))));
    }

    /** Reads a store of sessions. */
    @SuppressWarnings({"unchecked", "NullAway"}) // Null keys: all keys (KIP-766).
    static CountStore ofSessions(StateStore store) {
        SessionStore<String, Long> sessions = (SessionStore<String, Long>) store;
        return (first, last) -> sessions.findSessions(null, null, Math.max(0, first), last);
    }

    /** Leaves out the timestamps. */
    record Counts(KeyValueIterator<Windowed<String>, ValueAndTimestamp<Long>> windows)
            implements KeyValueIterator<Windowed<String>, Long> {

        @Override
        public boolean hasNext() {
            return windows.hasNext();
        }

        @Override
        public KeyValue<Windowed<String>, Long> next() {
            KeyValue<Windowed<String>, ValueAndTimestamp<Long>> next = windows.next();
            return KeyValue.pair(next.key, next.value.value());
        }

        @Override
        public Windowed<String> peekNextKey() {
            return windows.peekNextKey();
        }

        @Override
        public void close() {
            windows.close();
        }
    }
}
