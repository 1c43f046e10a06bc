package io.eventpipeline.streams.queries.stores;

import io.eventpipeline.streams.queries.Parameters;
import io.eventpipeline.streams.queries.TimeRange;
import io.eventpipeline.streams.topology.PieceStore;
import io.eventpipeline.streams.topology.PieceStore.Kind;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of a question to a store, as they came.
 *
 * @param limit how many entries at most
 * @param from the beginning of a range of time
 * @param to its end
 * @param fromKey the first key
 * @param toKey the last key
 * @param prefix what keys begin with
 * @param after what the answer before said as next
 */
record ListParameters(
        @Nullable String limit,
        @Nullable String from,
        @Nullable String to,
        @Nullable String fromKey,
        @Nullable String toKey,
        @Nullable String prefix,
        @Nullable String after) {

    private static final int DEFAULT_LIMIT = 100;
    private static final int MOST_ENTRIES = 10_000;

    /** Entries of all keys; of windows, those of the last hour if nothing else is said. */
    Selection ofAll(PieceStore store, Instant now) {
        if (prefix != null && (fromKey != null || toKey != null)) {
            throw Parameters.invalid("prefix cannot be had together with fromKey or toKey");
        }
        refuseTimes(store);
        boolean hasTimes = store.kind() == Kind.WINDOWS || store.kind() == Kind.SESSIONS;
        Cursor cursor = cursor(store, hasTimes ? TimeRange.of(from, to, now) : null);
        return new Selection(null, fromKey, toKey, prefix, cursor.times(), most(), cursor);
    }

    /** Entries of one key, of all times if nothing else is said. */
    Selection ofKey(PieceStore store, String key) {
        if (prefix != null || fromKey != null || toKey != null) {
            throw Parameters.invalid(
                    "prefix, fromKey and toKey are for lists: GET /stores/" + store.name());
        }
        refuseTimes(store);
        boolean latest = store.kind() == Kind.VERSIONED_TABLE && from == null && to == null;
        boolean hasTimes = store.kind() != Kind.TABLE && store.kind() != Kind.GLOBAL_TABLE;
        Cursor cursor =
                cursor(
                        store,
                        latest || !hasTimes
                                ? null
                                : TimeRange.of(
                                        from == null ? Instant.EPOCH.toString() : from,
                                        to,
                                        Parameters.LAST));
        return Selection.ofKey(key, cursor.times(), most(), cursor);
    }

    private void refuseTimes(PieceStore store) {
        if ((from != null || to != null)
                && (store.kind() == Kind.TABLE || store.kind() == Kind.GLOBAL_TABLE)) {
            throw Parameters.invalid(
                    "from and to choose windows or versions; %s has one value a key"
                            .formatted(store.name()));
        }
    }

    private Cursor cursor(PieceStore store, @Nullable TimeRange times) {
        return after == null
                ? Cursor.beginning(store.name(), times)
                : Cursor.read(after, store.name());
    }

    private int most() {
        return limit == null ? DEFAULT_LIMIT : Parameters.number("limit", limit, 1, MOST_ENTRIES);
    }
}
