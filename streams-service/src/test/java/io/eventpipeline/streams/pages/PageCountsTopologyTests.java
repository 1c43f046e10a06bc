package io.eventpipeline.streams.pages;

import static io.eventpipeline.streams.PieceDriver.START;
import static org.assertj.core.api.Assertions.assertThat;

import io.eventpipeline.model.cloudevents.CloudEventHeaders;
import io.eventpipeline.model.topic.PipelineTopic;
import io.eventpipeline.model.web.PageCount;
import io.eventpipeline.model.web.PageViewed;
import io.eventpipeline.model.web.WindowKind;
import io.eventpipeline.streams.PieceDriver;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("E4 page counts")
class PageCountsTopologyTests {

    private static final PageCountsProperties SETTINGS =
            new PageCountsProperties(
                    Duration.ofMinutes(5),
                    Duration.ofMinutes(1),
                    Duration.ofMinutes(5),
                    Duration.ofSeconds(30),
                    Duration.ofHours(24),
                    EnumSet.allOf(WindowKind.class));

    @TempDir private Path stateDir;
    private PieceDriver pages;
    private int sent;

    @BeforeEach
    void start() {
        pages =
                PieceDriver.of(
                        stateDir,
                        (topics, registry) -> new PageCountsTopology(topics, SETTINGS, registry));
        // The views of the first half hour arrive at its end.
        pages.advance(Duration.ofMinutes(30));
    }

    @AfterEach
    void stop() {
        pages.close();
    }

    @Test
    void countsInTheWindowOfTheViewsOwnTime() {
        view("/home", "12:01:00");
        view("/home", "12:04:59.999");
        view("/home", "12:05:00");
        view("/shop", "12:02:00");

        assertThat(newest(WindowKind.TUMBLING))
                .containsOnly(
                        Map.entry("/home|12:00|12:05", 2L),
                        Map.entry("/home|12:05|12:10", 1L),
                        Map.entry("/shop|12:00|12:05", 1L));
    }

    @Test
    void tellsInterimCountsAndThenTheFinalOneOnce() {
        view("/home", "12:01:00");
        view("/home", "12:02:00");
        assertThat(told(WindowKind.TUMBLING))
                .containsExactly("/home|12:00|12:05=1", "/home|12:00|12:05=2");

        view("/home", "12:05:29.999");
        assertThat(told(WindowKind.TUMBLING)).containsExactly("/home|12:05|12:10=1");

        view("/shop", "12:05:31");
        assertThat(told(WindowKind.TUMBLING))
                .containsExactlyInAnyOrder("/home|12:00|12:05=2 final", "/shop|12:05|12:10=1");

        view("/shop", "12:20:00");
        assertThat(told(WindowKind.TUMBLING))
                .containsExactlyInAnyOrder(
                        "/home|12:05|12:10=1 final",
                        "/shop|12:05|12:10=1 final",
                        "/shop|12:20|12:25=1");
    }

    @Test
    void takesALateViewWithinTheGracePeriodAndCountsALaterOneAsLate() {
        view("/home", "12:01:00");
        view("/home", "12:05:29");
        view("/home", "12:02:00");
        assertThat(newest(WindowKind.TUMBLING)).containsEntry("/home|12:00|12:05", 2L);

        view("/home", "12:05:30");
        view("/home", "12:03:00");

        assertThat(told(WindowKind.TUMBLING))
                .contains("/home|12:00|12:05=2 final")
                .doesNotContain("/home|12:00|12:05=3");
        assertThat(late(WindowKind.TUMBLING)).isEqualTo(1);
        assertThat(late(WindowKind.HOPPING))
                .as("a window from 12:03 on is open until 12:08:30")
                .isZero();
    }

    @Test
    void countsInEveryHoppingWindow() {
        view("/home", "12:04:30");

        assertThat(newest(WindowKind.HOPPING).keySet())
                .containsExactlyInAnyOrder(
                        "/home|12:00|12:05",
                        "/home|12:01|12:06",
                        "/home|12:02|12:07",
                        "/home|12:03|12:08",
                        "/home|12:04|12:09");
    }

    @Test
    void countsASlidingWindowThatEndsWithEachView() {
        view("/home", "12:01:00");
        view("/home", "12:04:00");
        view("/home", "12:08:00");

        assertThat(newest(WindowKind.SLIDING))
                .containsEntry("/home|11:56|12:01", 1L)
                .containsEntry("/home|11:59|12:04", 2L)
                .containsEntry("/home|12:03|12:08", 2L);
    }

    @Test
    void letsSessionsGrowTogetherAndDeletesWhatTheyWere() {
        view("/home", "12:01:00");
        view("/home", "12:06:10");
        told(WindowKind.SESSION);

        view("/home", "12:05:50");

        List<TestRecord<String, PageCount>> records = records();
        assertThat(records)
                .filteredOn(record -> record.value() == null)
                .extracting(TestRecord::key)
                .containsExactlyInAnyOrder(
                        key("/home", "session", "12:01:00", "12:01:00"),
                        key("/home", "session", "12:06:10", "12:06:10"));
        assertThat(tell(records, WindowKind.SESSION)).containsExactly("/home|12:01|12:06:10=3");

        view("/other", "12:11:40");
        assertThat(told(WindowKind.SESSION)).containsExactly("/other|12:11:40|12:11:40=1");
        view("/other", "12:11:41");
        assertThat(told(WindowKind.SESSION)).contains("/home|12:01|12:06:10=3 final");
    }

    @Test
    void neverGoesOnWithASessionThatWasTold() {
        view("/home", "12:01:00");
        view("/home", "12:08:00");
        assertThat(told(WindowKind.SESSION)).contains("/home|12:01|12:01=1 final");

        view("/home", "12:05:00");

        assertThat(told(WindowKind.SESSION)).isEmpty();
        assertThat(late(WindowKind.SESSION)).isEqualTo(1);
    }

    @Test
    void countsACopyTwice() {
        view("/home", "12:01:00");
        pages.send(PipelineTopic.PAGE_VIEWED, viewed("/home", "12:02:00"), "one");
        pages.send(PipelineTopic.PAGE_VIEWED, viewed("/home", "12:02:00"), "one");

        assertThat(newest(WindowKind.TUMBLING)).containsEntry("/home|12:00|12:05", 3L);
    }

    @Test
    @DisplayName("E4 records without key are reported and not lost")
    void refusesWhatCannotBeCountedAndKeepsItAsALetter() {
        String json =
                "{\"page\":\"/home\",\"visitor\":\"v\",\"viewedAt\":\"2026-11-20T12:01:00Z\"}";
        pages.sendRaw(PipelineTopic.PAGE_VIEWED, null, json);
        pages.sendRaw(PipelineTopic.PAGE_VIEWED, "/home", (String) null);
        pages.sendRaw(PipelineTopic.PAGE_VIEWED, "/shop", json);
        pages.sendRaw(PipelineTopic.PAGE_VIEWED, "/home", "{");

        assertThat(pages.letters(PipelineTopic.PAGE_VIEWED))
                .extracting(letter -> PieceDriver.header(letter, "__streams.errors.message"))
                .satisfiesExactly(
                        reason -> assertThat(reason).contains("no key"),
                        reason -> assertThat(reason).contains("no value"),
                        reason -> assertThat(reason).contains("not that of its event"),
                        reason -> assertThat(reason).isNotBlank());
        assertThat(records()).isEmpty();
    }

    @Test
    void refusesAViewFromTheFutureBeforeItClosesAnyWindow() {
        view("/home", "12:01:00");
        view("/home", "12:05:00.001");
        pages.send(
                PipelineTopic.PAGE_VIEWED,
                new PageViewed("/home", "v", START.plus(Duration.ofMinutes(35)).plusMillis(1)),
                "future");
        view("/home", "12:01:01");

        assertThat(pages.letters(PipelineTopic.PAGE_VIEWED)).hasSize(1);
        assertThat(newest(WindowKind.TUMBLING))
                .containsOnly(
                        Map.entry("/home|12:00|12:05", 2L), Map.entry("/home|12:05|12:10", 1L));
    }

    @Test
    void givesACountTheIdentityOfWhatItSays() {
        view("/home", "12:01:00");
        TestRecord<String, PageCount> count = records().getFirst();

        assertThat(count.key()).isEqualTo(count.value().key());
        assertThat(PieceDriver.header(count, CloudEventHeaders.TYPE))
                .isEqualTo("io.eventpipeline.page.count.v1");
        assertThat(PieceDriver.header(count, CloudEventHeaders.SOURCE))
                .isEqualTo("/streams-service/page-counts");
        assertThat(PieceDriver.header(count, CloudEventHeaders.SUBJECT)).isEqualTo(count.key());
    }

    /** Any order of views within the grace period gives what counting by hand gives. */
    @ParameterizedTest
    @EnumSource(WindowKind.class)
    void finalCountsAreThoseOfAnIndependentCount(WindowKind kind) {
        Random random = new Random(kind.wireName().hashCode());
        List<Long> views = new ArrayList<>();
        long time = START.toEpochMilli();
        for (int i = 0; i < 120; i++) {
            time += random.nextInt(random.nextInt(12) == 0 ? 700_000 : 40_000);
            views.add(time - random.nextInt(30_000));
        }
        pages.advance(Duration.ofHours(12));
        views.forEach(at -> view("/home", Instant.ofEpochMilli(at)));
        view("/clock", Instant.ofEpochMilli(time).plus(Duration.ofHours(1)));

        Map<String, Long> finals = new HashMap<>();
        for (TestRecord<String, PageCount> record : records()) {
            PageCount count = record.value();
            if (count != null && count.isFinal() && count.kind() == kind) {
                assertThat(finals.put(count.key(), count.count())).as(count.key()).isNull();
            }
        }
        assertThat(late(kind)).isZero();
        assertThat(finals).isEqualTo(countedByHand(kind, views));
    }

    private static Map<String, Long> countedByHand(WindowKind kind, List<Long> views) {
        Map<String, Long> counts = new HashMap<>();
        long size = SETTINGS.size().toMillis();
        List<Long> sorted = views.stream().sorted().toList();
        switch (kind) {
            case TUMBLING -> sorted.forEach(at -> add(counts, kind, at - at % size, size));
            case HOPPING -> {
                long hop = SETTINGS.hop().toMillis();
                for (long at : sorted) {
                    for (long from = at - at % hop; from > at - size; from -= hop) {
                        add(counts, kind, from, size);
                    }
                }
            }
            case SLIDING -> {
                // One window ends with each view, one begins right after each that has others.
                TreeSet<Long> starts = new TreeSet<>();
                for (long at : sorted) {
                    starts.add(at - size);
                    if (sorted.stream().anyMatch(other -> other > at && other <= at + 1 + size)) {
                        starts.add(at + 1);
                    }
                }
                for (long from : starts) {
                    sorted.stream()
                            .filter(at -> at >= from && at <= from + size)
                            .forEach(at -> add(counts, kind, from, size));
                }
            }
            case SESSION -> {
                int first = 0;
                for (int i = 1; i <= sorted.size(); i++) {
                    if (i == sorted.size()
                            || sorted.get(i) - sorted.get(i - 1)
                                    > SETTINGS.sessionGap().toMillis()) {
                        long from = sorted.get(first);
                        for (int view = first; view < i; view++) {
                            add(counts, kind, from, sorted.get(i - 1) - from);
                        }
                        first = i;
                    }
                }
            }
        }
        return counts;
    }

    private static void add(Map<String, Long> counts, WindowKind kind, long from, long length) {
        counts.merge(
                new PageCount(
                                "/home",
                                kind,
                                Instant.ofEpochMilli(from),
                                Instant.ofEpochMilli(from + length),
                                0,
                                true)
                        .key(),
                1L,
                Long::sum);
    }

    private void view(String page, String time) {
        view(page, at(time));
    }

    private void view(String page, Instant at) {
        pages.send(PipelineTopic.PAGE_VIEWED, new PageViewed(page, "v", at), "view-" + sent++);
    }

    private static PageViewed viewed(String page, String time) {
        return new PageViewed(page, "v", at(time));
    }

    private static Instant at(String time) {
        return Instant.parse("2026-11-20T" + time + "Z");
    }

    private static String key(String page, String kind, String from, String to) {
        return String.join("|", page, kind, at(from).toString(), at(to).toString());
    }

    private double late(WindowKind kind) {
        return pages.count("pipeline.streams.late-events", "window", kind.wireName());
    }

    private List<TestRecord<String, PageCount>> records() {
        return pages.read(PipelineTopic.PAGE_COUNTS, PageCount.class);
    }

    private List<String> told(WindowKind kind) {
        return tell(records(), kind);
    }

    private static List<String> tell(List<TestRecord<String, PageCount>> records, WindowKind kind) {
        return records.stream()
                .map(TestRecord::value)
                .filter(count -> count != null && count.kind() == kind)
                .map(count ->
                        window(count) + "=" + count.count() + (count.isFinal() ? " final" : ""))
                .toList();
    }

    private Map<String, Long> newest(WindowKind kind) {
        Map<String, Long> newest = new HashMap<>();
        for (TestRecord<String, PageCount> record : records()) {
            if (record.value() != null && record.value().kind() == kind) {
                newest.put(window(record.value()), record.value().count());
            }
        }
        return newest;
    }

    private static String window(PageCount count) {
        return String.join("|", count.page(), time(count.from()), time(count.to()));
    }

    /** Without seconds if there are none. */
    private static String time(Instant time) {
        String clock = time.toString().substring(11, 19);
        return clock.endsWith(":00") ? clock.substring(0, 5) : clock;
    }
}
