package io.eventpipeline.streams.queries.stores;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.eventpipeline.model.json.EventJson;
import io.eventpipeline.streams.queries.Parameters;
import io.eventpipeline.streams.queries.TimeRange;
import java.time.Instant;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * How far a list is read, partition by partition: it holds on whichever instance the next page is
 * asked for, and whoever could not be asked for this page is asked for the next one. To callers it
 * is opaque.
 *
 * @param store what is listed
 * @param times the range of time of the first page; null for none
 * @param done partitions that are read to their end
 * @param at the last entry of partitions that are read in part
 */
record Cursor(
        String store,
        @Nullable TimeRange times,
        SortedSet<Integer> done,
        Map<Integer, Position> at) {

    /** An entry's place in the order of its partition: by time, if the entries have one. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Position(String key, @Nullable Long from, @Nullable Long to) {

        static Position of(StoreEntry entry) {
            Instant from = entry.from() == null ? entry.since() : entry.from();
            return new Position(
                    entry.key(),
                    from == null ? null : from.toEpochMilli(),
                    entry.to() == null ? null : entry.to().toEpochMilli());
        }
    }

    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    private record Wire(
            String store,
            @Nullable List<Long> times,
            @Nullable List<Integer> done,
            @Nullable Map<Integer, Position> at) {}

    /** Nothing is read yet. */
    static Cursor beginning(String store, @Nullable TimeRange times) {
        return new Cursor(store, times, new TreeSet<>(), Map.of());
    }

    /**
     * Reads what {@link #text()} wrote.
     *
     * @throws org.springframework.web.ErrorResponseException a problem of type {@code
     *     invalid-parameter} if it is nothing like it, or of another store
     */
    static Cursor read(String text, String store) {
        try {
            Wire wire =
                    EventJson.mapper()
                            .readValue(
                                    new String(Base64.getUrlDecoder().decode(text), UTF_8),
                                    Wire.class);
            List<Long> times = wire.times();
            if (store.equals(wire.store()) && (times == null || times.size() == 2)) {
                return new Cursor(
                        store,
                        times == null
                                ? null
                                : new TimeRange(
                                        Instant.ofEpochMilli(times.getFirst()),
                                        Instant.ofEpochMilli(times.getLast())),
                        new TreeSet<>(wire.done() == null ? List.of() : wire.done()),
                        wire.at() == null ? Map.of() : wire.at());
            }
        } catch (IllegalArgumentException | JacksonException _) {
            // Said below.
        }
        throw Parameters.invalid(
                "after must be what an answer of /stores/%s said as next; it is '%s'"
                        .formatted(store, text));
    }

    /** Text that can stand in a query as it is. */
    String text() {
        Wire wire =
                new Wire(
                        store,
                        times == null
                                ? null
                                : List.of(times.from().toEpochMilli(), times.to().toEpochMilli()),
                        List.copyOf(done),
                        at);
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(EventJson.mapper().writeValueAsBytes(wire));
    }

    /** Whether it is that of a first page. */
    boolean isBeginning() {
        return done.isEmpty() && at.isEmpty();
    }

    /** The partitions that are not read to their end, in order. */
    List<Integer> left(int partitions) {
        return IntStream.range(0, partitions).filter(each -> !done.contains(each)).boxed().toList();
    }

    /** The last entry that is read of a partition; null if none is. */
    @Nullable Position last(int partition) {
        return at.get(partition);
    }

    /** Behind a page. */
    Cursor after(Collection<Integer> newlyDone, Map<Integer, Position> newlyAt) {
        SortedSet<Integer> allDone = new TreeSet<>(done);
        allDone.addAll(newlyDone);
        Map<Integer, Position> allAt = new TreeMap<>(at);
        allAt.putAll(newlyAt);
        allAt.keySet().removeAll(allDone);
        return new Cursor(store, times, allDone, allAt);
    }
}
