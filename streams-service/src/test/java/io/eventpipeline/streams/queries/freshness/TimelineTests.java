package io.eventpipeline.streams.queries.freshness;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Nobody is said to know more than he has read. */
class TimelineTests {

    private final Timeline timeline = new Timeline();

    @Test
    void knowsNothingBeforeTheFirstLook() {
        assertThat(timeline.upTo(1_000)).isEmpty();
    }

    @Test
    void tellsTheLatestMomentWhoseEndIsReached() {
        timeline.add(10, 100);
        timeline.add(20, 200);
        timeline.add(30, 300);

        assertThat(timeline.upTo(9)).isEmpty();
        assertThat(timeline.upTo(10)).hasValue(100);
        assertThat(timeline.upTo(29)).hasValue(200);
        assertThat(timeline.upTo(30)).hasValue(300);
        assertThat(timeline.upTo(31)).hasValue(300);
    }

    @Test
    void isUpToDateWhileNothingIsAdded() {
        timeline.add(10, 100);
        timeline.add(10, 200);

        assertThat(timeline.upTo(10)).hasValue(200);
        assertThat(timeline.upTo(9)).isEmpty();
    }

    @Test
    void forgetsWhatItKnewOfATopicThatWasMadeAnew() {
        timeline.add(10, 100);
        timeline.add(2, 200);

        assertThat(timeline.upTo(10)).hasValue(200);
        assertThat(timeline.upTo(1)).isEmpty();
    }

    @Test
    void remembersAsMuchAsItHasRoomFor() {
        for (int i = 1; i <= Timeline.CAPACITY + 1; i++) {
            timeline.add(i, i);
        }

        assertThat(timeline.upTo(1)).isEmpty();
        assertThat(timeline.upTo(2)).hasValue(2);
    }
}
