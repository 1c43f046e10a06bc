package io.eventpipeline.producer;

import static io.eventpipeline.producer.Orders.ALICE;
import static io.eventpipeline.producer.Orders.placedBy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.eventpipeline.localcluster.LocalBroker;
import io.eventpipeline.localcluster.LocalKafka;
import io.eventpipeline.producer.Service.Answer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Requests with an {@code Idempotency-Key} that meet the end of the only broker half-way: each is
 * answered in time, and its repeats, once the broker is back, end in one event by its {@code
 * ce_id}. On a broker of its own.
 */
class RetriesOutageIntegrationTests {

    private static final Duration SLOW_MACHINE = Duration.ofSeconds(2);
    private static final Duration READY = Duration.ofSeconds(90);
    private static final Duration NOTHING_SENT = Duration.ofSeconds(3).plus(SLOW_MACHINE);
    private static final Duration UNKNOWN = Duration.ofSeconds(10).plus(SLOW_MACHINE);
    private static final int SENDERS = 8;
    private static final String KEY = "Idempotency-Key";

    @TempDir private static Path folder;

    private static LocalKafka kafka;
    private static Service service;

    @BeforeAll
    static void start() {
        kafka = LocalKafka.builder().dataFolder(folder).build().start();
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
    }

    @AfterEach
    void recover() {
        kafka.broker(1).resume();
        kafka.broker(1).start();
    }

    enum Outage {
        FROZEN,
        KILLED;

        void begin(LocalBroker broker) {
            switch (this) {
                case FROZEN -> broker.suspend();
                case KILLED -> broker.kill();
            }
        }

        void end(LocalBroker broker) {
            switch (this) {
                case FROZEN -> broker.resume();
                case KILLED -> broker.start();
            }
        }
    }

    /** A request and what it was answered. */
    private record Sent(String key, Answer answer) {}

    private static Sent send(String key) {
        return new Sent(key, service.post("/orders", placedBy(ALICE, key), KEY, "\"" + key + "\""));
    }

    /** One order after the other, up to the first that is not answered 200. */
    private static Sent sendUntilRefused(String sender, AtomicInteger answered) {
        for (int i = 0; ; i++) {
            Sent sent = send(sender + "-" + i);
            if (sent.answer().status() != 200) {
                return sent;
            }
            answered.incrementAndGet();
        }
    }

    @ParameterizedTest
    @EnumSource
    void endInOneEventHoweverOftenTheyAreRepeated(Outage outage) {
        AtomicInteger answered = new AtomicInteger();
        List<CompletableFuture<Sent>> senders =
                IntStream.range(0, SENDERS)
                        .mapToObj(sender ->
                                CompletableFuture.supplyAsync(
                                        () -> sendUntilRefused(outage + "-" + sender, answered),
                                        Thread::startVirtualThread))
                        .toList();
        await().atMost(READY).until(() -> answered.get() > 10 * SENDERS);

        outage.begin(kafka.broker(1));
        List<Sent> interrupted = senders.stream().map(CompletableFuture::join).toList();
        Sent late = send(outage + "-late");
        Sent again = send(interrupted.getFirst().key());
        outage.end(kafka.broker(1));

        assertThat(interrupted).allSatisfy(RetriesOutageIntegrationTests::assertHonestInTime);
        assertThat(late.answer().status()).isEqualTo(503);
        assertThat(late.answer().took()).isLessThan(NOTHING_SENT);
        assertThat(late.answer().body().get("outcome").stringValue()).isEqualTo("not_written");
        // Nobody can say now whether it came before, so it is not sent again either.
        assertThat(again.answer().status()).isEqualTo(503);
        assertThat(again.answer().took()).isLessThan(NOTHING_SENT);
        for (Sent sent : interrupted) {
            await().atMost(READY).until(() -> send(sent.key()).answer().status() == 200);
            assertThat(send(sent.key()).answer().header("Idempotency-Replayed")).isEqualTo("true");
        }
        Map<String, Long> copies = copiesOf(outage + "-");
        assertThat(copies).hasSize(answered.get() + SENDERS);
        assertThat(copies).doesNotContainKey(late.key());
        assertThat(interrupted)
                .filteredOn(sent -> sent.answer().status() == 503)
                .allSatisfy(sent -> assertThat(copies).containsEntry(sent.key(), 1L));
    }

    private static void assertHonestInTime(Sent sent) {
        Answer answer = sent.answer();
        assertThat(answer.status()).as(answer.response().body()).isIn(503, 504);
        assertThat(answer.took()).isLessThan(UNKNOWN);
        assertThat(answer.body().get("outcome").stringValue())
                .isEqualTo(answer.status() == 504 ? "unknown" : "not_written");
    }

    /** How many records there are of each event, by its id. */
    private static Map<String, Long> copiesOf(String prefix) {
        return new Topics(kafka.bootstrapServers())
                .read("commerce.order.dev.placed").stream()
                        .map(record -> record.value().getId())
                        .filter(id -> id.startsWith(prefix))
                        .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
    }
}
