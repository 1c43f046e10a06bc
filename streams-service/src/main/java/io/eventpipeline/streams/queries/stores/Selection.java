package io.eventpipeline.streams.queries.stores;

import io.eventpipeline.streams.queries.TimeRange;
import org.jspecify.annotations.Nullable;

/**
 * Which entries of a store are asked for.
 *
 * @param key of this key only; null for all
 * @param fromKey the first key, in the order of its bytes; null for none
 * @param toKey the last key; null for none
 * @param prefix what keys begin with; null for anything
 * @param times windows that begin in this range, or versions that hold in it; null for all windows
 *     and the newest version
 * @param limit how many at most
 * @param cursor behind what was read before
 */
record Selection(
        @Nullable String key,
        @Nullable String fromKey,
        @Nullable String toKey,
        @Nullable String prefix,
        @Nullable TimeRange times,
        int limit,
        Cursor cursor) {

    static Selection ofKey(String key, @Nullable TimeRange times, int limit, Cursor cursor) {
        return new Selection(key, key, key, null, times, limit, cursor);
    }

    /** Whether a key that is not before the first one belongs to it. */
    boolean takes(String candidate) {
        return prefix == null || candidate.startsWith(prefix);
    }

    /** The first key to look at. */
    @Nullable String lowest() {
        return prefix == null ? fromKey : prefix;
    }
}
