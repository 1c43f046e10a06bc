package io.eventpipeline.streams.queries.stores;

import io.eventpipeline.streams.queries.Parameters;
import io.eventpipeline.streams.queries.TimeRange;
import io.eventpipeline.streams.queries.stores.Cursor.Position;
import io.eventpipeline.streams.queries.stores.StoreReader.Part;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.kstream.Window;
import org.apache.kafka.streams.kstream.Windowed;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.jspecify.annotations.Nullable;

/**
 * Reads windows in the order of their beginning, slice by slice of time. Kafka Streams has them in
 * the order of its segments, where nobody could go on after a page; so each slice is put in order
 * here, with no more in memory than the page. Slices grow until the page is full.
 */
final class TimeSlices {

    private static final Duration FIRST_SLICE = Duration.ofMinutes(1);

    private static final Comparator<Position> BY_TIME =
            Comparator.comparingLong((Position place) -> number(place.from()))
                    .thenComparing(Position::key)
                    .thenComparingLong(place -> number(place.to()));

    private TimeSlices() {}

    /** A store of windows. */
    @FunctionalInterface
    interface Windows<V> {

        /** At least the windows that begin between two moments, both inclusive. */
        KeyValueIterator<Windowed<String>, V> between(Instant first, Instant last);
    }

    static <V> Part read(
            Windows<V> windows, Selection selection, @Nullable Position after, int limit) {
        TimeRange times = selection.times();
        long begin = times == null ? 0 : times.from().toEpochMilli();
        long end = (times == null ? Parameters.LAST : times.to()).toEpochMilli();
        long first = after == null ? begin : Math.max(begin, number(after.from()));
        // One more than asked for tells whether there are more.
        NavigableMap<Position, StoreEntry> page = new TreeMap<>(BY_TIME);
        long length = FIRST_SLICE.toMillis();
        while (first <= end && page.size() <= limit) {
            long last = Math.min(end, first + length - 1);
            addSlice(windows, first, last, selection, after, limit, page);
            first = last + 1;
            length *= 2;
        }
        List<StoreEntry> entries = new ArrayList<>(page.values());
        return entries.size() > limit
                ? new Part(entries.subList(0, limit), false)
                : new Part(entries, true);
    }

    private static <V> void addSlice(
            Windows<V> windows,
            long first,
            long last,
            Selection selection,
            @Nullable Position after,
            int limit,
            NavigableMap<Position, StoreEntry> page) {
        try (KeyValueIterator<Windowed<String>, V> found =
                windows.between(Instant.ofEpochMilli(first), Instant.ofEpochMilli(last))) {
            while (found.hasNext()) {
                KeyValue<Windowed<String>, V> next = found.next();
                Window window = next.key.window();
                Position place = new Position(next.key.key(), window.start(), window.end());
                if (window.start() < first
                        || window.start() > last
                        || !selection.takes(place.key())
                        || (after != null && BY_TIME.compare(place, after) <= 0)) {
                    continue;
                }
                page.put(
                        place,
                        new StoreEntry(
                                place.key(),
                                StoreEntry.plain(next.value),
                                null,
                                window.startTime(),
                                window.endTime()));
                if (page.size() > limit + 1) {
                    page.pollLastEntry();
                }
            }
        }
    }

    private static long number(@Nullable Long value) {
        return value == null ? 0 : value;
    }
}
