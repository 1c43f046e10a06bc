package io.eventpipeline.producer.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** A slow topic fills its own share, and no other's. */
class TopicInFlightLimitTests {

    private static final String SLOW = "slow";
    private static final String QUICK = "quick";

    private final TopicInFlightLimit limit = new TopicInFlightLimit(3, 1_000);

    @Test
    void refusesATopicThatHasTooManyRecordsInFlightAndNoOther() {
        assertThat(limit.enter(SLOW, 3, 30)).isTrue();

        assertThat(limit.enter(SLOW, 1, 10)).isFalse();
        assertThat(limit.enter(QUICK, 1, 10)).isTrue();
    }

    @Test
    void refusesATopicThatHasTooManyBytesInFlight() {
        assertThat(limit.enter(SLOW, 1, 999)).isTrue();

        assertThat(limit.enter(SLOW, 1, 2)).isFalse();
        assertThat(limit.enter(SLOW, 1, 1)).isTrue();
    }

    @Test
    void takesWhatIsLargerThanItsShareIfNothingElseIsInFlight() {
        assertThat(limit.enter(SLOW, 5, 5_000)).isTrue();
        assertThat(limit.enter(SLOW, 1, 1)).isFalse();
    }

    @Test
    void hasRoomAgainWhenRecordsAreConfirmed() {
        limit.enter(SLOW, 3, 30);

        limit.leave(SLOW, 10);

        assertThat(limit.enter(SLOW, 1, 10)).isTrue();
        assertThat(limit.enter(SLOW, 1, 10)).isFalse();
    }
}
