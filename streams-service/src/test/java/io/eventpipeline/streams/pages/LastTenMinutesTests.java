package io.eventpipeline.streams.pages;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventpipeline.model.topic.PipelineTopic;
import io.eventpipeline.model.web.PageCount;
import io.eventpipeline.model.web.PageViewed;
import io.eventpipeline.model.web.WindowKind;
import io.eventpipeline.streams.PieceDriver;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumSet;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The length of the windows is a setting: at each view, how many there were in ten minutes. */
class LastTenMinutesTests {

    private static final PageCountsProperties SETTINGS =
            new PageCountsProperties(
                    Duration.ofMinutes(10),
                    Duration.ofMinutes(1),
                    Duration.ofMinutes(5),
                    Duration.ofSeconds(30),
                    Duration.ofHours(24),
                    EnumSet.allOf(WindowKind.class));

    @TempDir private Path stateDir;

    @Test
    @DisplayName("E1 a count of the last ten minutes")
    void countsWhatWasSeenInTheTenMinutesBeforeEachView() {
        try (PieceDriver pages =
                PieceDriver.of(
                        stateDir,
                        (topics, registry) -> new PageCountsTopology(topics, SETTINGS, registry))) {
            // They arrive together, half an hour later.
            pages.advance(Duration.ofMinutes(30));
            assertThat(lastTenMinutesAfterAViewAt(pages, 0)).isEqualTo(1);
            assertThat(lastTenMinutesAfterAViewAt(pages, 4)).isEqualTo(2);
            assertThat(lastTenMinutesAfterAViewAt(pages, 10)).isEqualTo(3);
            assertThat(lastTenMinutesAfterAViewAt(pages, 11)).isEqualTo(3);
            assertThat(lastTenMinutesAfterAViewAt(pages, 30)).isEqualTo(1);
        }
    }

    private static long lastTenMinutesAfterAViewAt(PieceDriver pages, int minute) {
        Instant now = PieceDriver.START.plus(Duration.ofMinutes(minute));
        pages.send(PipelineTopic.PAGE_VIEWED, new PageViewed("/home", "v", now), "v-" + minute);
        return pages.read(PipelineTopic.PAGE_COUNTS, PageCount.class).stream()
                .map(record -> record.value())
                .filter(count -> count != null && count.kind() == WindowKind.SLIDING)
                .filter(count -> count.to().equals(now))
                .max(Comparator.comparingLong(PageCount::count))
                .orElseThrow()
                .count();
    }
}
