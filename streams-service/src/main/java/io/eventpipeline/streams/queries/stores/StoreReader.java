package io.eventpipeline.streams.queries.stores;

import io.eventpipeline.streams.queries.Origin.Role;
import io.eventpipeline.streams.queries.TimeRange;
import io.eventpipeline.streams.queries.stores.Cursor.Position;
import io.eventpipeline.streams.topology.PieceStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.query.KeyQuery;
import org.apache.kafka.streams.query.MultiVersionedKeyQuery;
import org.apache.kafka.streams.query.Query;
import org.apache.kafka.streams.query.QueryResult;
import org.apache.kafka.streams.query.RangeQuery;
import org.apache.kafka.streams.query.StateQueryRequest;
import org.apache.kafka.streams.query.VersionedKeyQuery;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.QueryableStoreType;
import org.apache.kafka.streams.state.QueryableStoreTypes;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.apache.kafka.streams.state.ReadOnlySessionStore;
import org.apache.kafka.streams.state.ReadOnlyWindowStore;
import org.apache.kafka.streams.state.VersionedRecord;
import org.apache.kafka.streams.state.VersionedRecordIterator;
import org.jspecify.annotations.Nullable;

/**
 * Reads entries of one partition of a store of this instance, whatever kind it is of, and never
 * more at once than asked for. For one client; thread-safe.
 *
 * <p>Ranges of windows and sessions are read by interactive queries of the first version, because
 * those of the second (KIP-796) have no ranges of keys for them.
 */
final class StoreReader {

    private final KafkaStreams client;

    StoreReader(KafkaStreams client) {
        this.client = client;
    }

    /**
     * Some entries, in the order of the partition.
     *
     * @param done whether there are no more
     */
    record Part(List<StoreEntry> entries, boolean done) {}

    /** Whether a store can be read without a key: Kafka Streams cannot list versions. */
    static boolean hasAll(PieceStore store) {
        return store.kind() != PieceStore.Kind.VERSIONED_TABLE;
    }

    /**
     * Reads.
     *
     * @param role as what this instance must have the partition; a standby may be anything
     * @param after the last entry that is known already; null for none
     * @param limit how many entries at most
     * @throws InvalidStateStoreException if the partition cannot be read here now
     */
    Part read(
            PieceStore store,
            int partition,
            Role role,
            Selection selection,
            @Nullable Position after,
            int limit) {
        String key = selection.key();
        return switch (store.kind()) {
            case GLOBAL_TABLE -> values(global(store, selection, after), selection, after, limit);
            case TABLE ->
                    key == null
                            ? values(
                                    ask(store, partition, role, range(selection, after)),
                                    selection,
                                    after,
                                    limit)
                            : value(
                                    key,
                                    ask(
                                            store,
                                            partition,
                                            role,
                                            KeyQuery.<String, Object>withKey(key)));
            case VERSIONED_TABLE -> versions(store, partition, role, selection, after, limit);
            case WINDOWS -> {
                ReadOnlyWindowStore<String, Object> windows =
                        store(store, partition, role, QueryableStoreTypes.windowStore());
                yield TimeSlices.read(
                        (first, last) ->
                                windows.fetch(selection.lowest(), selection.toKey(), first, last),
                        selection,
                        after,
                        limit);
            }
            case SESSIONS -> {
                ReadOnlySessionStore<String, Object> sessions =
                        store(store, partition, role, QueryableStoreTypes.sessionStore());
                yield TimeSlices.read(
                        (first, last) ->
                                sessions.findSessions(
                                        selection.lowest(),
                                        selection.toKey(),
                                        first.toEpochMilli(),
                                        last.toEpochMilli()),
                        selection,
                        after,
                        limit);
            }
        };
    }

    private static RangeQuery<String, Object> range(Selection selection, @Nullable Position after) {
        return RangeQuery.<String, Object>withRange(
                        after == null ? selection.lowest() : after.key(), selection.toKey())
                .withAscendingKeys();
    }

    /** Kafka Streams has no queries of the second version for global stores (KAFKA-13523). */
    private KeyValueIterator<String, ? extends Object> global(
            PieceStore store, Selection selection, @Nullable Position after) {
        ReadOnlyKeyValueStore<String, Object> values =
                client.store(
                        StoreQueryParameters.fromNameAndType(
                                store.name(), QueryableStoreTypes.keyValueStore()));
        String lowest = after == null ? selection.lowest() : after.key();
        return values.range(lowest, selection.toKey());
    }

    private Part versions(
            PieceStore store,
            int partition,
            Role role,
            Selection selection,
            @Nullable Position after,
            int limit) {
        String key = selection.key();
        if (key == null) {
            throw new IllegalArgumentException("Only by key: " + store.name());
        }
        TimeRange times = selection.times();
        if (times == null) {
            VersionedRecord<Object> newest =
                    ask(store, partition, role, VersionedKeyQuery.<String, Object>withKey(key));
            return new Part(newest == null ? List.of() : List.of(version(key, newest)), true);
        }
        VersionedRecordIterator<Object> found =
                ask(
                        store,
                        partition,
                        role,
                        MultiVersionedKeyQuery.<String, Object>withKey(key)
                                .fromTime(times.from())
                                .toTime(times.to())
                                .withAscendingTimestamps());
        List<StoreEntry> entries = new ArrayList<>();
        if (found != null) {
            try (found) {
                while (found.hasNext()) {
                    StoreEntry entry = version(key, found.next());
                    if (after == null || isAfter(entry, after)) {
                        if (entries.size() == limit) {
                            return new Part(entries, false);
                        }
                        entries.add(entry);
                    }
                }
            }
        }
        return new Part(entries, true);
    }

    private static boolean isAfter(StoreEntry version, Position last) {
        Instant since = version.since();
        Long lastSince = last.from();
        return since != null && lastSince != null && since.toEpochMilli() > lastSince;
    }

    private static Part value(String key, @Nullable Object value) {
        return new Part(
                value == null ? List.of() : List.of(StoreEntry.of(key, StoreEntry.plain(value))),
                true);
    }

    private static Part values(
            @Nullable KeyValueIterator<String, ? extends Object> found,
            Selection selection,
            @Nullable Position after,
            int limit) {
        List<StoreEntry> entries = new ArrayList<>();
        if (found != null) {
            try (found) {
                while (found.hasNext()) {
                    KeyValue<String, ? extends Object> next = found.next();
                    if (after != null && next.key.equals(after.key())) {
                        continue;
                    }
                    if (!selection.takes(next.key)) {
                        // Keys with one prefix lie side by side.
                        break;
                    }
                    if (entries.size() == limit) {
                        return new Part(entries, false);
                    }
                    entries.add(StoreEntry.of(next.key, StoreEntry.plain(next.value)));
                }
            }
        }
        return new Part(entries, true);
    }

    private static StoreEntry version(String key, VersionedRecord<Object> found) {
        return new StoreEntry(
                key, found.value(), Instant.ofEpochMilli(found.timestamp()), null, null);
    }

    private <R> @Nullable R ask(PieceStore store, int partition, Role role, Query<R> query) {
        StateQueryRequest<R> request =
                StateQueryRequest.inStore(store.name())
                        .withQuery(query)
                        .withPartitions(Set.of(partition));
        QueryResult<R> result =
                client.query(role == Role.ACTIVE ? request.requireActive() : request)
                        .getPartitionResults()
                        .get(partition);
        if (result == null || result.isFailure()) {
            throw new InvalidStateStoreException(
                    result == null ? "not present" : result.getFailureMessage());
        }
        return result.getResult();
    }

    private <T> T store(PieceStore store, int partition, Role role, QueryableStoreType<T> type) {
        StoreQueryParameters<T> parameters =
                StoreQueryParameters.fromNameAndType(store.name(), type).withPartition(partition);
        return client.store(role == Role.ACTIVE ? parameters : parameters.enableStaleStores());
    }
}
