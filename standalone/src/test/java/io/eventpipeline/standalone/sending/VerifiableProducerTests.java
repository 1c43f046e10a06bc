package io.eventpipeline.standalone.sending;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.eventpipeline.standalone.sending.StandInDoor.Answer;
import io.eventpipeline.standalone.sending.StandInDoor.Stored;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the verifiable producer says of a record is what became of it, however the door answers. */
class VerifiableProducerTests {

    private static final RunId RUN =
            RunId.begunAt(Instant.parse("2026-11-01T12:00:00Z"), new Random(1));

    private StandInDoor door;
    private final StopSignal stop = new StopSignal();
    private final List<Delivery> deliveries = Collections.synchronizedList(new ArrayList<>());

    @BeforeEach
    void open() throws IOException {
        door = new StandInDoor();
    }

    @AfterEach
    void close() {
        door.close();
    }

    @Test
    void everyNumberGetsItsReceipt() {
        VerifiableProducer.Summary summary = run(100, 0, 7, Duration.ofSeconds(10));

        assertThat(summary.acknowledged()).isEqualTo(100);
        assertThat(summary.retries()).isZero();
        assertThat(deliveries).extracting(Delivery::number).doesNotHaveDuplicates().hasSize(100);
        assertThat(numbersOfKey("3"))
                .containsExactly(3, 10, 17, 24, 31, 38, 45, 52, 59, 66, 73, 80, 87, 94);
    }

    @Test
    void refusedRecordIsSentAgainUnderTheSameKey() {
        door.answerNext(Answer.BUSY, Answer.BUSY);

        VerifiableProducer.Summary summary = run(1, 0, 1, Duration.ofSeconds(10));

        assertThat(summary.acknowledged()).isOne();
        assertThat(summary.retries()).isEqualTo(2);
        assertThat(door.stored())
                .extracting(Stored::idempotencyKey)
                .containsExactly("\"" + RUN.recordId(0) + "\"");
    }

    @Test
    void brokenConnectionIsTriedAgain() {
        door.answerNext(Answer.BROKEN);

        VerifiableProducer.Summary summary = run(1, 0, 1, Duration.ofSeconds(10));

        assertThat(summary.acknowledged()).isOne();
        assertThat(summary.retries()).isOne();
        assertThat(door.stored())
                .extracting(Stored::idempotencyKey)
                .hasSize(2)
                .containsOnly("\"" + RUN.recordId(0) + "\"");
    }

    @Test
    void refusalDoesNotSettleWhatIsUnknown() {
        door.answerNext(Answer.UNKNOWN, Answer.NO_SUCH_TOPIC);

        VerifiableProducer.Summary summary = run(1, 0, 1, Duration.ofSeconds(10));

        assertThat(summary.unknown()).isOne();
        assertThat(summary.notWritten()).isZero();
    }

    @Test
    void senselessRetryIsNotTried() {
        door.answerNext(Answer.NO_SUCH_TOPIC);

        VerifiableProducer.Summary summary = run(1, 0, 1, Duration.ofSeconds(10));

        assertThat(summary.notWritten()).isOne();
        assertThat(deliveries.getFirst().attempts()).isOne();
        assertThat(deliveries.getFirst().status()).isEqualTo(404);
    }

    @Test
    void serviceThatIsAwayWroteNothing() {
        door.close();

        VerifiableProducer.Summary summary = run(1, 0, 1, Duration.ofMillis(200));

        assertThat(summary.notWritten()).isOne();
        assertThat(summary.retries()).isPositive();
    }

    @Test
    void rateIsKept() {
        VerifiableProducer.Summary summary = run(21, 100, 4, Duration.ofSeconds(10));

        assertThat(summary.took()).isGreaterThanOrEqualTo(Duration.ofMillis(200));
    }

    @Test
    void signalEndsAnEndlessRun() throws Exception {
        Thread ending =
                Thread.ofVirtual()
                        .start(() -> {
                            while (deliveries.size() < 5) {
                                Thread.onSpinWait();
                            }
                            stop.give();
                        });

        VerifiableProducer.Summary summary = run(0, 200, 4, Duration.ofSeconds(10));

        ending.join();
        assertThat(summary.sent()).isEqualTo(deliveries.size()).isGreaterThanOrEqualTo(5);
        assertThat(summary.acknowledged()).isEqualTo(summary.sent());
    }

    private VerifiableProducer.Summary run(
            int count, double perSecond, int keys, Duration retryFor) {
        VerifiableProducer.Settings settings =
                new VerifiableProducer.Settings(
                        door.door(), count, perSecond, keys, 100, Duration.ofSeconds(10), retryFor);
        return new VerifiableProducer(RUN, settings, stop, deliveries::add).run();
    }

    private List<Integer> numbersOfKey(String key) {
        return door.stored().stream()
                .filter(stored -> key.equals(stored.key()))
                .map(stored ->
                        NumberedRecord.parse(stored.value().getBytes(UTF_8)).orElseThrow().number())
                .toList();
    }
}
