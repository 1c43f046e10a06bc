package io.eventpipeline.standalone.sending;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.eventpipeline.standalone.sending.StandInDoor.Answer;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A load test counts what is stored, refused and unknown apart, in requests and in streams. */
class LoadTestTests {

    private static final RunId RUN =
            RunId.begunAt(Instant.parse("2026-11-01T12:00:00Z"), new Random(1));

    private StandInDoor door;

    @BeforeEach
    void open() throws IOException {
        door = new StandInDoor();
    }

    @AfterEach
    void close() {
        door.close();
    }

    @Test
    void batchesHoldEachNumberOnce() {
        LoadReport.Figures figures = run(1_003, 0, false);

        assertThat(figures.acknowledged()).isEqualTo(1_003);
        assertThat(figures.latency().max()).isPositive();
        assertEachNumberIsStoredOnce(1_003);
    }

    @Test
    void streamsHoldEachNumberOnce() {
        LoadReport.Figures figures = run(2_003, 0, true);

        assertThat(figures.acknowledged()).isEqualTo(2_003);
        assertEachNumberIsStoredOnce(2_003);
    }

    @Test
    void refusedBatchIsCountedByItsReason() {
        door.answerNext(Answer.BUSY, Answer.UNKNOWN);

        LoadReport.Figures figures = run(100, 0, false);

        assertThat(figures.acknowledged()).isEqualTo(80);
        assertThat(figures.notWritten()).isEqualTo(10);
        assertThat(figures.unknown()).isEqualTo(10);
        assertThat(figures.failures()).isEqualTo(Map.of("overloaded", 10L, "outcome-unknown", 10L));
    }

    @Test
    void refusedLineIsCountedByItsReason() {
        door.answerNext(Answer.STORED, Answer.BUSY, Answer.STORED);

        LoadReport.Figures figures = run(100, 0, true);

        assertThat(figures.acknowledged()).isEqualTo(99);
        assertThat(figures.failures()).isEqualTo(Map.of("overloaded", 1L));
    }

    @Test
    void brokenStreamLeavesTheRestOfItUnknownAndGoesOn() {
        door.answerNext(Answer.STORED, Answer.STORED, Answer.BROKEN);

        LoadReport.Figures figures = run(4_000, 0, true);

        assertThat(figures.unknown()).isPositive();
        assertThat(figures.acknowledged()).isPositive();
        assertThat(figures.acknowledged() + figures.unknown() + figures.notWritten())
                .isEqualTo(figures.sent())
                .isEqualTo(4_000);
    }

    @Test
    void refusalForGoodEndsTheRun() {
        door.answerNext(Answer.NO_SUCH_TOPIC, Answer.NO_SUCH_TOPIC);

        LoadReport.Figures figures = run(100_000, 0, true);

        assertThat(figures.acknowledged()).isZero();
        assertThat(figures.notWritten()).isPositive();
        // A door that has answered may close before the rest of a request is sent, and the reset
        // overtakes its answer.
        assertThat(figures.notWritten() + figures.unknown())
                .isEqualTo(figures.sent())
                .isLessThan(100_000);
    }

    @Test
    void signalLeavesNoGap() throws Exception {
        StopSignal stop = new StopSignal();
        Thread ending =
                Thread.ofVirtual()
                        .start(() -> {
                            while (door.stored().size() < 500) {
                                Thread.onSpinWait();
                            }
                            stop.give();
                        });

        LoadReport.Figures figures = new LoadTest(settings(0, 0, false), stop).run(_ -> {});

        ending.join();
        assertThat(figures.acknowledged()).isEqualTo(figures.sent()).isGreaterThanOrEqualTo(500);
        assertEachNumberIsStoredOnce((int) figures.sent());
    }

    @Test
    void rateIsKept() {
        LoadReport.Figures figures = run(60, 200, true);

        assertThat(figures.acknowledged()).isEqualTo(60);
        assertThat(figures.took()).isGreaterThanOrEqualTo(Duration.ofMillis(290));
    }

    private LoadReport.Figures run(int count, double perSecond, boolean streamed) {
        return new LoadTest(settings(count, perSecond, streamed), new StopSignal()).run(_ -> {});
    }

    private LoadTest.Settings settings(int count, double perSecond, boolean streamed) {
        return new LoadTest.Settings(
                door.door(),
                RUN,
                count,
                perSecond,
                100,
                2,
                10,
                streamed,
                0,
                Duration.ofSeconds(10));
    }

    private void assertEachNumberIsStoredOnce(int count) {
        assertThat(door.stored())
                .extracting(stored ->
                        NumberedRecord.parse(stored.value().getBytes(UTF_8)).orElseThrow().number())
                .doesNotHaveDuplicates()
                .hasSize(count)
                .allMatch(number -> number < count);
    }
}
