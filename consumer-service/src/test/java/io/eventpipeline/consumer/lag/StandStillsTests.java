package io.eventpipeline.consumer.lag;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What counts as standing still is whether the position moves, not how large the lag is. */
class StandStillsTests {

    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

    private final MovableClock clock = new MovableClock();
    private final StandStills standStills = new StandStills(group -> Duration.ofSeconds(30), clock);

    @Test
    void namesAGroupThatStaysWhereItIsWhileRecordsWait() {
        see(10L, 5);
        clock.forward(Duration.ofSeconds(30));
        see(10L, 8);

        assertThat(standStills.find())
                .singleElement()
                .satisfies(still -> {
                    assertThat(still.offset()).isEqualTo(10);
                    assertThat(still.lag()).isEqualTo(8);
                    assertThat(still.growing()).isTrue();
                    assertThat(still.since()).isEqualTo(NOON);
                });
    }

    @Test
    void namesAGroupThatNeverRead() {
        see(null, 5);
        clock.forward(Duration.ofSeconds(31));
        see(null, 5);

        assertThat(standStills.find())
                .singleElement()
                .satisfies(still -> {
                    assertThat(still.offset()).isNull();
                    assertThat(still.growing()).isFalse();
                });
    }

    @Test
    void saysNothingOfALargeLagThatIsWorkedOn() {
        see(10L, 1_000_000);
        clock.forward(Duration.ofSeconds(31));
        see(11L, 2_000_000);

        assertThat(standStills.find()).isEmpty();
    }

    @Test
    void saysNothingOfAGroupThatHasReadAll() {
        see(10L, 1);
        see(11L, 0);
        clock.forward(Duration.ofHours(1));
        see(11L, 0);
        see(11L, 3);

        assertThat(standStills.find()).as("the new records have just come").isEmpty();
    }

    @Test
    void believesNoFigureThatIsMarkedAsStale() {
        see(10L, 5);
        clock.forward(Duration.ofSeconds(31));
        standStills.observe(
                List.of(new PartitionLag("shipments", "orders", 0, 15L, 12L, 3L, 1L, null, true)));

        assertThat(standStills.find()).as("still at 10, as far as is known").hasSize(1);
    }

    private void see(@Nullable Long offset, long lag) {
        standStills.observe(
                List.of(
                        new PartitionLag(
                                "shipments",
                                "orders",
                                0,
                                (offset == null ? 0 : offset) + lag,
                                offset,
                                lag,
                                1L,
                                "member",
                                false)));
    }

    /** A clock that a test moves. */
    private static final class MovableClock extends Clock {

        private Instant now = NOON;

        void forward(Duration duration) {
            now = now.plus(duration);
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
