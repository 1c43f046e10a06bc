package io.eventpipeline.producer;

import static io.eventpipeline.producer.Orders.ALICE;
import static io.eventpipeline.producer.Orders.checkoutOf;
import static io.eventpipeline.producer.Orders.placedBy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.eventpipeline.localcluster.LocalBroker;
import io.eventpipeline.localcluster.LocalKafka;
import io.eventpipeline.producer.Service.Answer;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every call is answered in bounded time, and truly, whatever happens to the only broker: within 3
 * s if nothing was sent, within 10 s if nobody knows. On a broker of its own. The bounds asserted
 * here are those that are promised, plus {@link #SLOW_MACHINE}.
 */
class BrokerOutageIntegrationTests {

    /** Two cores that do much else: scheduling alone can take this long. */
    private static final Duration SLOW_MACHINE = Duration.ofSeconds(2);

    private static final Duration READY = Duration.ofSeconds(90);
    private static final Duration AT_ONCE = Duration.ofMillis(500);
    private static final Duration NOTHING_SENT = Duration.ofSeconds(3).plus(SLOW_MACHINE);
    private static final Duration UNKNOWN = Duration.ofSeconds(10).plus(SLOW_MACHINE);

    @TempDir private static Path folder;

    private static LocalKafka kafka;
    private static LocalBroker broker;
    private static Service service;

    @BeforeAll
    static void start() {
        kafka = LocalKafka.builder().dataFolder(folder).build().start();
        broker = kafka.broker(1);
        service = Service.on(kafka.bootstrapServers());
    }

    @AfterAll
    static void stop() {
        service.close();
        kafka.close();
    }

    @BeforeEach
    void isHealthy() {
        await().atMost(READY).until(service::isReady);
        assertThat(service.post("/orders", placedBy(ALICE, "before")).status()).isEqualTo(200);
    }

    @AfterEach
    void recover() {
        broker.resume();
        broker.start();
    }

    private static void awaitKnownToBeAway() {
        await().atMost(READY).until(() -> !service.isReady());
    }

    @Test
    void isToldAtOnceThatKafkaIsAwayAndWhy() {
        broker.stop();
        awaitKnownToBeAway();

        Answer answer = service.post("/orders", placedBy(ALICE, "o-1"));

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.took()).isLessThan(NOTHING_SENT);
        // Nothing is tried: that alone would take max.block.ms. The best of some calls, because any
        // one may have to wait for a processor.
        assertThat(
                        IntStream.range(0, 10)
                                .mapToObj(_ -> service.post("/orders", placedBy(ALICE, "o-1")))
                                .map(Answer::took)
                                .min(Duration::compareTo))
                .hasValueSatisfying(took -> assertThat(took).isLessThan(AT_ONCE));
        assertThat(answer.header("retry-after")).isEqualTo("1");
        assertThat(answer.body().get("outcome").stringValue()).isEqualTo("not_written");
        assertThat(answer.body().get("retryable").booleanValue()).isTrue();
        Answer likeTheOthers =
                service.exchange(
                        HttpRequest.newBuilder(service.uri("/topics/ops.log.dev.line"))
                                .header("Content-Type", "application/vnd.kafka.text.v2+json")
                                .POST(
                                        BodyPublishers.ofString(
                                                "{\"records\":[{\"value\":\"x\"}]}")));
        assertThat(likeTheOthers.status()).as("in the form of proxies that say 200").isEqualTo(503);
        assertThat(likeTheOthers.took()).isLessThan(NOTHING_SENT);
        Answer readiness = service.get("/actuator/health/readiness");
        assertThat(readiness.status()).isEqualTo(503);
        assertThat(readiness.body().at("/components/kafka/details/reason").stringValue())
                .contains("No broker answered");
        assertThat(service.get("/actuator/health/liveness").status()).isEqualTo(200);
    }

    @Test
    void answersInTimeTheCallThatFindsTheBrokerKilled() {
        broker.kill();

        Answer answer = service.post("/orders", placedBy(ALICE, "o-2"));

        assertThat(answer.status()).isIn(503, 504);
        assertThat(answer.took()).isLessThan(UNKNOWN);
        assertThat(answer.body().get("outcome").stringValue())
                .isEqualTo(answer.status() == 504 ? "unknown" : "not_written");
    }

    @Test
    void saysThatTheOutcomeIsUnknownIfTheBrokerFreezes() {
        broker.suspend();

        Answer answer = service.post("/orders", placedBy(ALICE, "o-3"));

        assertThat(answer.status()).isEqualTo(504);
        assertThat(answer.took()).isLessThan(UNKNOWN);
        assertThat(answer.body().get("type").stringValue()).endsWith("/outcome-unknown");
        assertThat(answer.body().get("outcome").stringValue()).isEqualTo("unknown");
    }

    @Test
    void knowsThatATransactionIsNotWrittenIfTheBrokerFreezesBeforeItsCommit() {
        await().atMost(READY)
                .until(() ->
                        service.post("/checkouts", checkoutOf(ALICE, "before")).status() == 200);
        broker.suspend();

        Answer answer = service.post("/checkouts", checkoutOf(ALICE, "frozen"));

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.took()).isLessThan(UNKNOWN);
        assertThat(answer.body().at("/records/0/outcome").stringValue()).isEqualTo("not_written");
        broker.resume();
        await().atMost(READY)
                .until(() ->
                        service.post("/checkouts", checkoutOf(ALICE, "after")).status() == 200);
    }

    @Test
    void answersEachLineOfAStreamInTimeWhileTheBrokerIsFrozen() throws IOException {
        try (RecordStreamClient stream =
                new RecordStreamClient(
                        service.port(), "/topics/ops.log.dev.line/records?acks=all")) {
            stream.send("{\"value\":\"before\"}\n");
            assertThat(stream.next().has("offset")).isTrue();
            broker.suspend();

            long sent = System.nanoTime();
            stream.send("{\"value\":\"one\"}\n{\"value\":\"two\"}\n");
            for (int i = 0; i < 2; i++) {
                assertThat(stream.next().get("outcome").stringValue())
                        .isIn("unknown", "not_written");
            }
            assertThat(Duration.ofNanos(System.nanoTime() - sent)).isLessThan(UNKNOWN);
        }
    }

    @Test
    void answersManyCallsAtOnceInTimeWhileTheBrokerIsFrozen() {
        broker.suspend();

        var answers =
                IntStream.range(0, 50)
                        .mapToObj(i ->
                                service.postLater(
                                        "/orders",
                                        "["
                                                + placedBy("c" + i, "x")
                                                + ","
                                                + placedBy("c", "y")
                                                + "]"))
                        .toList()
                        .stream()
                        .map(CompletableFuture::join)
                        .toList();

        assertThat(answers)
                .allSatisfy(answer -> assertThat(answer.status()).isIn(503, 504, 207))
                .allSatisfy(answer -> assertThat(answer.took()).isLessThan(UNKNOWN));
    }

    @Test
    void succeedsAgainSoonAfterTheBrokerIsBack() {
        broker.kill();
        awaitKnownToBeAway();

        broker.start();
        long back = System.nanoTime();
        await().pollInterval(Duration.ofMillis(50))
                .atMost(READY)
                .until(() -> service.post("/orders", placedBy(ALICE, "o-4")).status() == 200);

        assertThat(Duration.ofNanos(System.nanoTime() - back))
                .isLessThan(Duration.ofSeconds(2).plus(SLOW_MACHINE));
    }
}
