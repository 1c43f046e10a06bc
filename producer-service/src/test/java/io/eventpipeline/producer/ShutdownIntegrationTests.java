package io.eventpipeline.producer;

import static io.eventpipeline.producer.Orders.ALICE;
import static io.eventpipeline.producer.Orders.checkoutOf;
import static io.eventpipeline.producer.Orders.placedBy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.eventpipeline.localcluster.FreePorts;
import io.eventpipeline.localcluster.LocalKafka;
import io.eventpipeline.localcluster.LocalProcess;
import io.eventpipeline.producer.Service.Answer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * SIGTERM to the service in a process of its own: what was taken is finished and answered, and the
 * end comes in bounded time even if Kafka never answers. On a broker of its own.
 */
class ShutdownIntegrationTests {

    private static final Duration READY = Duration.ofSeconds(90);

    /** The deadline of a call, the close time-out and the rest, on a slow machine. */
    private static final Duration LONGEST_SHUTDOWN = Duration.ofMinutes(2);

    private static final int ATTEMPTS = 3;

    private static final String ORDERS = "commerce.order.dev.placed";
    private static final String PAYMENTS = "commerce.payment.dev.captured";

    @TempDir private Path folder;

    private LocalKafka kafka;
    private LocalProcess process;
    private Service service;

    @BeforeEach
    void start() {
        kafka = LocalKafka.builder().dataFolder(folder.resolve("kafka")).build().start();
        int port = FreePorts.take("127.0.0.1", 1).getFirst();
        process = ServiceProcess.of("service", port, kafka.bootstrapServers(), folder).start();
        service = Service.at(port);
        await().atMost(READY).ignoreExceptions().until(service::isReady);
    }

    @AfterEach
    void stop() {
        process.kill();
        service.close();
        kafka.close();
    }

    private CompletableFuture<Answer> orderWhileTheBrokerIsFrozen() {
        return sendWhileTheBrokerIsFrozen("/orders", placedBy(ALICE, "last"));
    }

    /** Where the service noticed first that Kafka is silent, it refused the request: once more. */
    private CompletableFuture<Answer> sendWhileTheBrokerIsFrozen(String path, String body) {
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            kafka.broker(1).suspend();
            CompletableFuture<Answer> answer = service.postLater(path, body);
            await().atMost(READY)
                    .until(() ->
                            answer.isDone()
                                    || service.metric("pipeline_producer_in_flight_requests") > 0);
            if (!answer.isDone()) {
                return answer;
            }
            kafka.broker(1).resume();
            assertThat(answer.join().status()).as(answer.join().response().body()).isEqualTo(503);
            await().atMost(READY).until(service::isReady);
        }
        throw new AssertionError("The service always noticed before the request came");
    }

    @Test
    void finishesWhatItTookBeforeItEnds() {
        assertThat(service.post("/orders", placedBy(ALICE, "first")).status()).isEqualTo(200);
        CompletableFuture<Answer> answer = orderWhileTheBrokerIsFrozen();

        CompletableFuture<Boolean> ended =
                CompletableFuture.supplyAsync(() -> process.stop(LONGEST_SHUTDOWN));
        await().atMost(READY).until(() -> !service.accepts());
        kafka.broker(1).resume();

        assertThat(answer.join().status()).isEqualTo(200);
        assertThat(ended.join()).as("ended by itself").isTrue();
        assertThat(visible(ORDERS)).isEqualTo(2);
    }

    @Test
    void commitsATransactionThatIsUnderWayBeforeItEnds() {
        awaitACheckout();
        CompletableFuture<Answer> answer =
                sendWhileTheBrokerIsFrozen("/checkouts", checkoutOf(ALICE, "last"));

        CompletableFuture<Boolean> ended =
                CompletableFuture.supplyAsync(() -> process.stop(LONGEST_SHUTDOWN));
        await().atMost(READY).until(() -> !service.accepts());
        kafka.broker(1).resume();

        assertThat(answer.join().status()).as(answer.join().response().body()).isEqualTo(200);
        assertThat(ended.join()).as("ended by itself").isTrue();
        assertThat(OpenTransactions.of(kafka.bootstrapServers())).isEmpty();
        assertThat(visible(ORDERS)).isEqualTo(2);
        assertThat(visible(PAYMENTS)).isEqualTo(2);
    }

    @Test
    void leavesNothingHalfVisibleIfKafkaIsSilentUntilItHasEnded() {
        awaitACheckout();
        CompletableFuture<Answer> answer =
                sendWhileTheBrokerIsFrozen("/checkouts", checkoutOf(ALICE, "last"));

        boolean ended = process.stop(LONGEST_SHUTDOWN);
        kafka.broker(1).resume();

        assertThat(ended).as("ended by itself").isTrue();
        assertThat(answer.join().status()).isEqualTo(503);
        assertThat(answer.join().body().at("/records/0/outcome").stringValue())
                .isEqualTo("not_written");
        // What lay in the broker's socket may become a transaction that nobody ends but its
        // time-out,
        // or be gone with the connection.
        await().atMost(READY).until(() -> OpenTransactions.of(kafka.bootstrapServers()).isEmpty());
        assertThat(visible(ORDERS)).isEqualTo(1);
        assertThat(visible(PAYMENTS)).isEqualTo(1);
    }

    private void awaitACheckout() {
        await().atMost(READY)
                .until(() ->
                        service.post("/checkouts", checkoutOf(ALICE, "first")).status() == 200);
    }

    /** Seen by a reader that reads what is committed. */
    private int visible(String topic) {
        return new Topics(kafka.bootstrapServers()).read(topic).size();
    }

    @Test
    void endsAStreamWithAWordForTheRestOfIt() throws IOException {
        try (RecordStreamClient stream =
                new RecordStreamClient(service.port(), "/topics/ops.log.dev.line/records")) {
            stream.send("{\"value\":\"first\"}\n");
            assertThat(stream.next().has("offset")).isTrue();

            CompletableFuture<Boolean> ended =
                    CompletableFuture.supplyAsync(() -> process.stop(LONGEST_SHUTDOWN));
            await().atMost(READY).until(() -> !service.accepts());
            stream.send("{\"value\":\"in hand\"}\n{\"value\":\"too late\"}\n");

            assertThat(stream.next().has("offset")).isTrue();
            assertThat(stream.next().get("status").intValue()).isEqualTo(503);
            assertThat(ended.join()).as("ended by itself").isTrue();
        }
    }

    @Test
    void endsInTimeAndHonestlyIfKafkaNeverAnswers() {
        CompletableFuture<Answer> answer = orderWhileTheBrokerIsFrozen();

        boolean ended = process.stop(LONGEST_SHUTDOWN);

        assertThat(ended).as("ended by itself").isTrue();
        assertThat(answer.join().status()).isEqualTo(504);
        assertThat(answer.join().body().get("outcome").stringValue()).isEqualTo("unknown");
    }
}
