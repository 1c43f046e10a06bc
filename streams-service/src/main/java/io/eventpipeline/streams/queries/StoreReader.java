package io.eventpipeline.streams.queries;

import io.eventpipeline.streams.topology.PieceStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.kstream.Windowed;
import org.apache.kafka.streams.query.FailureReason;
import org.apache.kafka.streams.query.KeyQuery;
import org.apache.kafka.streams.query.Query;
import org.apache.kafka.streams.query.QueryResult;
import org.apache.kafka.streams.query.RangeQuery;
import org.apache.kafka.streams.query.StateQueryRequest;
import org.apache.kafka.streams.query.StateQueryResult;
import org.apache.kafka.streams.query.VersionedKeyQuery;
import org.apache.kafka.streams.query.WindowKeyQuery;
import org.apache.kafka.streams.query.WindowRangeQuery;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.QueryableStoreTypes;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.apache.kafka.streams.state.ValueAndTimestamp;
import org.apache.kafka.streams.state.VersionedRecord;
import org.apache.kafka.streams.state.WindowStoreIterator;

/**
 * Reads entries of this instance's partitions of a store, whatever kind it is of. For one client;
 * thread-safe.
 */
final class StoreReader {

    /** The last instant that Kafka Streams can add a window's length to. */
    private static final Instant FAR = Instant.parse("9999-01-01T00:00:00Z");

    private final KafkaStreams client;

    StoreReader(KafkaStreams client) {
        this.client = client;
    }

    /** What was found here in how many partitions, and why others could not be looked at. */
    record Found(List<StoreEntry> entries, int partitions, List<String> failures) {}

    /** All entries of a key. */
    Found ofKey(PieceStore store, String key, int limit) {
        return switch (store.kind()) {
            case GLOBAL_TABLE -> {
                ValueAndTimestamp<Object> found = global(store).get(key);
                yield everywhere(
                        found == null ? List.of() : List.of(StoreEntry.of(key, found.value())));
            }
            case TABLE ->
                    ask(
                            store,
                            KeyQuery.<String, Object>withKey(key),
                            (value, entries) -> entries.add(StoreEntry.of(key, plain(value))));
            case VERSIONED_TABLE ->
                    ask(
                            store,
                            VersionedKeyQuery.<String, Object>withKey(key),
                            (found, entries) -> entries.add(versioned(key, found)));
            case WINDOWS ->
                    ask(
                            store,
                            WindowKeyQuery.<String, Object>withKeyAndWindowStartRange(
                                    key, Instant.EPOCH, FAR),
                            (found, entries) -> windowsOf(key, found, entries, limit));
            case SESSIONS ->
                    ask(
                            store,
                            WindowRangeQuery.<String, Object>withKey(key),
                            (found, entries) -> windows(found, entries, limit));
        };
    }

    /** Entries of all keys, up to a number; windows that begin in a range of time. */
    Found all(PieceStore store, Instant from, Instant to, int limit) {
        return switch (store.kind()) {
            case GLOBAL_TABLE -> {
                List<StoreEntry> entries = new ArrayList<>();
                values(global(store).all(), entries, limit);
                yield everywhere(entries);
            }
            case TABLE ->
                    ask(
                            store,
                            RangeQuery.<String, Object>withNoBounds(),
                            (found, entries) -> values(found, entries, limit));
            case WINDOWS ->
                    ask(
                            store,
                            WindowRangeQuery.<String, Object>withWindowStartRange(from, to),
                            (found, entries) -> windows(found, entries, limit));
            case VERSIONED_TABLE, SESSIONS ->
                    throw new IllegalArgumentException("Only by key: " + store.name());
        };
    }

    /** Whether a store can be read without a key: Kafka Streams has no such query for some. */
    static boolean hasAll(PieceStore store) {
        return switch (store.kind()) {
            case TABLE, GLOBAL_TABLE, WINDOWS -> true;
            case VERSIONED_TABLE, SESSIONS -> false;
        };
    }

    private <R> Found ask(
            PieceStore store, Query<R> query, BiConsumer<R, List<StoreEntry>> collector) {
        StateQueryResult<R> result =
                client.query(
                        StateQueryRequest.inStore(store.name()).withQuery(query).requireActive());
        List<StoreEntry> entries = new ArrayList<>();
        List<String> failures = new ArrayList<>();
        int partitions = 0;
        for (QueryResult<R> part : result.getPartitionResults().values()) {
            if (part.isFailure()) {
                // A standby has the partition too, and says that it is not the one to be asked.
                if (part.getFailureReason() != FailureReason.NOT_ACTIVE) {
                    failures.add(part.getFailureMessage());
                }
            } else {
                partitions++;
                if (part.getResult() != null) {
                    collector.accept(part.getResult(), entries);
                }
            }
        }
        return new Found(entries, partitions, failures);
    }

    /** Kafka Streams has no queries of the second version for global stores (KAFKA-13523). */
    private ReadOnlyKeyValueStore<String, ValueAndTimestamp<Object>> global(PieceStore store) {
        return client.store(
                StoreQueryParameters.fromNameAndType(
                        store.name(), QueryableStoreTypes.timestampedKeyValueStore()));
    }

    private static Found everywhere(List<StoreEntry> entries) {
        return new Found(entries, 1, List.of());
    }

    private static void values(
            KeyValueIterator<String, ? extends Object> found, List<StoreEntry> entries, int limit) {
        try (found) {
            while (found.hasNext() && entries.size() < limit) {
                KeyValue<String, ? extends Object> next = found.next();
                entries.add(StoreEntry.of(next.key, plain(next.value)));
            }
        }
    }

    private static void windowsOf(
            String key, WindowStoreIterator<Object> found, List<StoreEntry> entries, int limit) {
        try (found) {
            while (found.hasNext() && entries.size() < limit) {
                KeyValue<Long, Object> next = found.next();
                entries.add(
                        new StoreEntry(
                                key,
                                plain(next.value),
                                null,
                                Instant.ofEpochMilli(next.key),
                                null));
            }
        }
    }

    private static void windows(
            KeyValueIterator<Windowed<String>, Object> found, List<StoreEntry> entries, int limit) {
        try (found) {
            while (found.hasNext() && entries.size() < limit) {
                KeyValue<Windowed<String>, Object> next = found.next();
                entries.add(
                        new StoreEntry(
                                next.key.key(),
                                plain(next.value),
                                null,
                                next.key.window().startTime(),
                                next.key.window().endTime()));
            }
        }
    }

    private static StoreEntry versioned(String key, VersionedRecord<Object> found) {
        return new StoreEntry(
                key, found.value(), Instant.ofEpochMilli(found.timestamp()), null, null);
    }

    private static Object plain(Object value) {
        return value instanceof ValueAndTimestamp<?> stamped ? stamped.value() : value;
    }
}
