package io.eventpipeline.streams.queries.stores;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventpipeline.model.topic.PipelineTopic;
import io.eventpipeline.model.web.PageViewed;
import io.eventpipeline.model.web.WindowKind;
import io.eventpipeline.streams.PieceDriver;
import io.eventpipeline.streams.pages.PageCountsProperties;
import io.eventpipeline.streams.pages.PageCountsTopology;
import io.eventpipeline.streams.queries.Parameters;
import io.eventpipeline.streams.queries.TimeRange;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import org.apache.kafka.streams.state.SessionStore;
import org.apache.kafka.streams.state.ValueAndTimestamp;
import org.apache.kafka.streams.state.WindowStore;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Windows and sessions of real stores, page by page. */
class TimeSlicesTests {

    private static final TimeRange ALWAYS = new TimeRange(Instant.EPOCH, Parameters.LAST);
    private static final List<String> PAGES = List.of("/b", "/a", "/ab", "/c");

    @TempDir private Path stateDir;
    private PieceDriver pages;

    @BeforeEach
    void count() {
        PageCountsProperties settings =
                new PageCountsProperties(
                        Duration.ofMinutes(5),
                        Duration.ofMinutes(1),
                        Duration.ofMinutes(5),
                        Duration.ofSeconds(30),
                        Duration.ofHours(24),
                        EnumSet.allOf(WindowKind.class));
        pages =
                PieceDriver.of(
                        stateDir,
                        (topics, registry) -> new PageCountsTopology(topics, settings, registry));
        pages.advance(Duration.ofHours(2));
        // Eight windows, and as many sessions, of each page.
        for (int minute = 0; minute < 80; minute += 10) {
            for (String page : PAGES) {
                pages.send(
                        PipelineTopic.PAGE_VIEWED,
                        new PageViewed(
                                page, "v", PieceDriver.START.plus(Duration.ofMinutes(minute))),
                        page + minute);
            }
        }
    }

    @AfterEach
    void stop() {
        pages.close();
    }

    @Test
    void givesEachWindowOnceInTheOrderOfTimeWhateverTheLimit() {
        for (int limit : List.of(1, 3, 7, 32, 100)) {
            List<StoreEntry> all = readAll(WindowKind.TUMBLING, null, ALWAYS, limit);

            assertThat(all).as("limit %d", limit).hasSize(32).doesNotHaveDuplicates();
            assertThat(all.stream().map(StoreEntry::from).toList()).isSorted();
            assertThat(all.getFirst())
                    .isEqualTo(
                            new StoreEntry(
                                    "/a",
                                    1L,
                                    null,
                                    PieceDriver.START,
                                    PieceDriver.START.plus(Duration.ofMinutes(5))));
        }
    }

    @Test
    void givesEachSessionOnce() {
        assertThat(readAll(WindowKind.SESSION, null, ALWAYS, 5))
                .hasSize(32)
                .doesNotHaveDuplicates()
                .isEqualTo(readAll(WindowKind.SESSION, null, ALWAYS, 100));
    }

    @Test
    void keepsToKeysAndTimes() {
        TimeRange twoWindows =
                new TimeRange(
                        PieceDriver.START.plus(Duration.ofMinutes(10)),
                        PieceDriver.START.plus(Duration.ofMinutes(29)));

        for (WindowKind kind : List.of(WindowKind.TUMBLING, WindowKind.SESSION)) {
            assertThat(readAll(kind, "/a", twoWindows, 1))
                    .extracting(StoreEntry::key)
                    .containsExactly("/a", "/ab", "/a", "/ab");
        }
    }

    private List<StoreEntry> readAll(
            WindowKind kind, @Nullable String prefix, TimeRange times, int limit) {
        List<StoreEntry> all = new ArrayList<>();
        Cursor cursor = Cursor.beginning("s", times);
        Selection selection = new Selection(null, null, null, prefix, times, limit, cursor);
        Cursor.Position last = null;
        while (true) {
            StoreReader.Part part = read(kind, selection, last);
            all.addAll(part.entries());
            assertThat(part.entries().size()).isLessThanOrEqualTo(limit);
            assertThat(all.size()).as("entries so far").isLessThanOrEqualTo(32);
            if (part.done()) {
                return all;
            }
            last = Cursor.Position.of(part.entries().getLast());
        }
    }

    private StoreReader.Part read(
            WindowKind kind, Selection selection, Cursor.@Nullable Position last) {
        return kind == WindowKind.SESSION
                ? TimeSlices.read(sessions(selection.lowest()), selection, last, selection.limit())
                : TimeSlices.read(
                        windows(kind, selection.lowest()), selection, last, selection.limit());
    }

    @SuppressWarnings("NullAway") // Null keys: all keys (KIP-766).
    private TimeSlices.Windows<Long> sessions(@Nullable String lowest) {
        SessionStore<String, Long> sessions =
                pages.driver().getSessionStore(PageCountsTopology.store(WindowKind.SESSION));
        return (first, last) ->
                sessions.findSessions(lowest, null, first.toEpochMilli(), last.toEpochMilli());
    }

    @SuppressWarnings("NullAway") // Null keys: all keys (KIP-766).
    private TimeSlices.Windows<ValueAndTimestamp<Long>> windows(
            WindowKind kind, @Nullable String lowest) {
        WindowStore<String, ValueAndTimestamp<Long>> windows =
                pages.driver().getTimestampedWindowStore(PageCountsTopology.store(kind));
        return (first, last) -> windows.fetch(lowest, null, first, last);
    }
}
