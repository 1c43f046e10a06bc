package io.eventpipeline.producer;

import static io.eventpipeline.producer.Orders.placedBy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.eventpipeline.localcluster.FreePorts;
import io.eventpipeline.localcluster.LocalKafka;
import io.eventpipeline.localcluster.LocalProcess;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * kill -9 of the service, in a process of its own, in the middle of transactions: a {@code
 * read_committed} reader sees all of a request or nothing, and waits for the next life of the
 * instance, or for the time-out. The middle is where a frozen broker holds it. On a broker of its
 * own.
 */
class KilledInTransactionIntegrationTests {

    private static final Duration READY = Duration.ofSeconds(90);
    private static final int SENDERS = 4;
    private static final int PRODUCERS = 2 * SENDERS;
    private static final int RECORDS = 6;
    private static final int RANDOM_KILLS = 1;
    private static final String HELD = "-held-";
    private static final String TOPIC = "commerce.order.dev.placed";

    @TempDir private static Path folder;

    private static LocalKafka kafka;

    @BeforeAll
    static void startKafka() {
        kafka = LocalKafka.builder().dataFolder(folder.resolve("kafka")).build().start();
    }

    @AfterAll
    static void stopKafka() {
        kafka.close();
    }

    /** The service, and senders of what is stored together or not at all. */
    private static final class Victim implements AutoCloseable {

        private final LocalProcess process;
        private final Service service;
        private final Set<String> answered = ConcurrentHashMap.newKeySet();

        Victim(String instance, Duration timeout) {
            int port = FreePorts.take("127.0.0.1", 1).getFirst();
            process =
                    ServiceProcess.of(
                            instance,
                            port,
                            kafka.bootstrapServers(),
                            folder,
                            "pipeline.producer.instance=" + instance,
                            "pipeline.producer.transactions.pool-size=" + PRODUCERS,
                            "pipeline.producer.transactions.timeout=" + timeout.toSeconds() + "s",
                            "management.endpoint.health.show-details=always");
            service = Service.at(port);
            start();
        }

        void start() {
            process.start();
            await().atMost(READY)
                    .ignoreExceptions()
                    .until(() ->
                            service.get("/actuator/health")
                                            .body()
                                            .at("/components/transactions/details/open")
                                            .intValue()
                                    == PRODUCERS);
        }

        /** Records of one request, for several partitions. */
        private void sendTogether(String request) {
            String records =
                    IntStream.range(0, RECORDS)
                            .mapToObj(i -> request + "-" + i)
                            .map(id -> "{\"value\":" + placedBy(id, id) + "}")
                            .collect(Collectors.joining(","));
            Service.Answer answer =
                    service.post(
                            "/topics/" + TOPIC + "/records?atomic=true",
                            "{\"records\":[" + records + "]}");
            if (answer.status() == 200) {
                answered.add(request);
            }
        }

        private CompletableFuture<Void> later(Runnable work) {
            return CompletableFuture.runAsync(
                    () -> {
                        try {
                            work.run();
                        } catch (UncheckedIOException e) {
                            // It was killed, as it should.
                        }
                    },
                    Thread::startVirtualThread);
        }

        /** Each sends one request after the other until the service is gone. */
        private List<CompletableFuture<Void>> startSenders(String life) {
            int before = answered.size();
            List<CompletableFuture<Void>> senders = new ArrayList<>();
            for (int sender = 0; sender < SENDERS; sender++) {
                String name = life + "-" + sender;
                senders.add(
                        later(() -> {
                            for (int i = 0; ; i++) {
                                sendTogether(name + "-" + i);
                            }
                        }));
            }
            await().atMost(READY).until(() -> answered.size() > before + 10 * SENDERS);
            return senders;
        }

        void killAtRandom(String life) {
            List<CompletableFuture<Void>> senders = startSenders(life);
            process.kill();
            senders.forEach(CompletableFuture::join);
        }

        /** While the broker is frozen, which then finds what was sent and not committed. */
        void killInTheMiddle(String life) {
            List<CompletableFuture<Void>> senders = startSenders(life);
            kafka.broker(1).suspend();
            // The producers that were free: what they send now stays without an answer.
            for (int i = 0; i < SENDERS; i++) {
                String request = life + HELD + i;
                senders.add(later(() -> sendTogether(request)));
            }
            await().atMost(READY)
                    .until(() ->
                            service.metric("pipeline_producer_in_flight_requests") == PRODUCERS);
            process.kill();
            kafka.broker(1).resume();
            senders.forEach(CompletableFuture::join);
            await().atMost(READY).until(() -> !open().isEmpty());
        }

        @Override
        public void close() {
            kafka.broker(1).resume();
            process.kill();
            service.close();
        }
    }

    private static List<String> open() {
        return OpenTransactions.of(kafka.bootstrapServers());
    }

    private static void assertAllOrNothing(Victim victim, String lives) {
        Map<String, Long> seen =
                new Topics(kafka.bootstrapServers())
                        .read(TOPIC).stream()
                                .map(record -> record.key())
                                .filter(key -> key.matches("(" + lives + ").*"))
                                .map(key -> key.substring(0, key.lastIndexOf('-')))
                                .collect(
                                        Collectors.groupingBy(
                                                Function.identity(), Collectors.counting()));
        assertThat(seen.keySet()).containsAll(victim.answered);
        assertThat(seen).allSatisfy((_, records) -> assertThat(records).isEqualTo(RECORDS));
        assertThat(seen.keySet()).noneMatch(request -> request.contains(HELD));
    }

    @Test
    void nothingHalfIsSeenAndTheNextLifeEndsWhatTheLastLeftOpen() {
        // Far away: whatever ends, the next life ended it.
        try (Victim victim = new Victim("again", READY.dividedBy(2))) {
            victim.killInTheMiddle("frozen");

            victim.start();

            assertThat(open()).as("open when the next life has its producers").isEmpty();
            for (int i = 0; i < RANDOM_KILLS; i++) {
                victim.killAtRandom("random" + i);
                victim.start();
                assertThat(open()).isEmpty();
            }
            assertAllOrNothing(victim, "frozen|random");
        }
    }

    @Test
    void withoutANextLifeTheTimeOutEndsWhatTheLastLeftOpen() {
        Duration timeout = Duration.ofSeconds(9);
        try (Victim victim = new Victim("gone", timeout)) {
            victim.killInTheMiddle("gone");
            long killed = System.nanoTime();

            await().atMost(READY).until(() -> open().isEmpty());

            // Brokers look every second; the rest is for a slow machine.
            assertThat(Duration.ofNanos(System.nanoTime() - killed))
                    .isLessThan(timeout.plusSeconds(1).plusSeconds(10));
            assertAllOrNothing(victim, "gone");
        }
    }
}
