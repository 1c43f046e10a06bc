package io.eventpipeline.producer;

import static io.eventpipeline.producer.Orders.ALICE;
import static io.eventpipeline.producer.Orders.checkoutOf;
import static io.eventpipeline.producer.Orders.placedBy;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.eventpipeline.localcluster.SharedCluster;
import io.eventpipeline.producer.Service.Answer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * A {@code read_committed} reader sees all of a transaction or nothing, whoever dies; a reader that
 * waits for a dead one's transaction waits for a restart or the time-out, not longer. On the broker
 * that all tests share, where a process that died half-way is a producer that is left alone.
 */
class TransactionIntegrationTests {

    private static final Duration READY = Duration.ofSeconds(90);

    /** Shorter than that of the service, because a test waits for it. */
    private static final Duration TIMEOUT = Duration.ofSeconds(4);

    /** How often brokers look for transactions whose time is over, on a slow machine. */
    private static final Duration LOOKING = Duration.ofSeconds(1).plus(Duration.ofSeconds(3));

    private static final String ENVIRONMENT = "transactions";
    private static final String ORDERS = "commerce.order." + ENVIRONMENT + ".placed";
    private static final String PAYMENTS = "commerce.payment." + ENVIRONMENT + ".captured";

    private static Service service;
    private static Topics topics;

    @BeforeAll
    static void start() {
        topics = new Topics(bootstrapServers());
        service = instance("one");
        await().atMost(READY).until(service::isReady);
        awaitOpen(service);
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    private static String bootstrapServers() {
        return SharedCluster.kafka().bootstrapServers();
    }

    private static Service instance(String name) {
        return Service.on(
                bootstrapServers(),
                "pipeline.environment=" + ENVIRONMENT,
                "pipeline.producer.instance=" + name,
                "pipeline.producer.transactions.pool-size=2",
                "management.endpoint.health.show-details=always");
    }

    private static void awaitOpen(Service service) {
        await().atMost(READY)
                .until(() ->
                        service.get("/actuator/health")
                                        .body()
                                        .at("/components/transactions/details/open")
                                        .intValue()
                                == 2);
    }

    /** The keys of what a reader sees that does not wait for transactions that are open. */
    private static List<String> visible(String topic) {
        return topics.read(topic).stream().map(record -> record.key()).toList();
    }

    /** What a process leaves that dies between sending and committing. */
    private static KafkaProducer<byte[], byte[]> leftHalfWay(
            String transactionalId, Duration timeout, String customer) {
        KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(
                        Map.of(
                                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                                bootstrapServers(),
                                ProducerConfig.TRANSACTIONAL_ID_CONFIG,
                                transactionalId,
                                ProducerConfig.TRANSACTION_TIMEOUT_CONFIG,
                                (int) timeout.toMillis()),
                        new ByteArraySerializer(),
                        new ByteArraySerializer());
        producer.initTransactions();
        producer.beginTransaction();
        Future<RecordMetadata> _ =
                producer.send(
                        new ProducerRecord<>(
                                ORDERS,
                                customer.getBytes(UTF_8),
                                placedBy(customer, "x").getBytes(UTF_8)));
        producer.flush();
        return producer;
    }

    @Test
    void storesOrderAndPaymentTogether() {
        Answer answer =
                service.post(
                        "/checkouts",
                        checkoutOf(ALICE, "together"),
                        "Idempotency-Key",
                        "\"checkout-1\"");

        assertThat(answer.status()).isEqualTo(200);
        JsonNode records = answer.body().get("records");
        assertThat(records.valueStream().map(record -> record.get("eventId").stringValue()))
                .containsExactly("checkout-1/0", "checkout-1/1");
        assertThat(records.valueStream().map(record -> record.get("topic").stringValue()))
                .containsExactly(ORDERS, PAYMENTS);
        for (JsonNode receipt : records) {
            assertThat(topics.read(receipt.get("topic").stringValue()))
                    .anySatisfy(record -> {
                        assertThat(record.partition())
                                .isEqualTo(receipt.get("partition").intValue());
                        assertThat(record.offset()).isEqualTo(receipt.get("offset").longValue());
                        assertThat(record.value().getSource())
                                .hasToString("/producer-service/checkouts");
                    });
        }
    }

    @Test
    void storesRecordsOfSeveralTopicsTogetherWhateverTheirProfiles() {
        String positions = "fleet.gps." + ENVIRONMENT + ".position-reported";
        String lines = "ops.log." + ENVIRONMENT + ".line";

        Answer answer =
                service.post(
                        "/records?atomic=true",
                        """
                        {"records":[
                          {"topic":"%s","value":{"vehicle":"van-1","latitude":52.5,\
                        "longitude":13.4,"reportedAt":"2026-11-01T12:00:00Z"}},
                          {"topic":"%s","value":"the van left"},
                          {"topic":"%s","value":%s}]}
                        """
                                .formatted(positions, lines, ORDERS, placedBy(ALICE, "by-van")));

        assertThat(answer.status()).as(answer.response().body()).isEqualTo(200);
        assertThat(answer.body().get("records").valueStream())
                .extracting(record -> record.get("topic").stringValue())
                .containsExactly(positions, lines, ORDERS);
        // Without a transaction a position is handed over with acks=0, and has no offset.
        assertThat(answer.body().get("records").valueStream())
                .allSatisfy(record -> assertThat(record.get("offset").longValue()).isNotNegative());
        assertThat(service.post("/records?atomic=true&acks=1", "{\"records\":[]}").status())
                .isEqualTo(400);
    }

    @Test
    void runsMoreTransactionsAtOnceThanItHasProducers() {
        List<CompletableFuture<Answer>> answers =
                IntStream.range(0, 40)
                        .mapToObj(i ->
                                service.postLater("/checkouts", checkoutOf("many", "many-" + i)))
                        .toList();

        // Who waits too long for a producer on a slow machine is refused, and nothing is written.
        assertThat(answers).allSatisfy(answer -> assertThat(answer.join().status()).isIn(200, 503));
        int stored = (int) answers.stream().filter(answer -> answer.join().status() == 200).count();
        assertThat(stored).as("more than there are producers").isGreaterThan(2);
        assertThat(visible(ORDERS)).filteredOn("many"::equals).hasSize(stored);
        assertThat(visible(PAYMENTS)).filteredOn("many"::equals).hasSize(stored);
    }

    @Test
    void recoversWhenSomebodyElseTakesItsTransactionalIds() {
        try (KafkaProducer<byte[], byte[]> first = takenOver(0);
                KafkaProducer<byte[], byte[]> second = takenOver(1)) {
            assertThat(List.of(first, second)).hasSize(2);

            Answer fenced = service.post("/checkouts", checkoutOf(ALICE, "fenced"));
            assertThat(fenced.status()).isIn(200, 503);
            if (fenced.status() == 503) {
                assertThat(fenced.body().at("/records/0/outcome").stringValue())
                        .isEqualTo("not_written");
            }

            await().atMost(READY)
                    .until(() ->
                            service.post("/checkouts", checkoutOf(ALICE, "recovered")).status()
                                    == 200);
            assertThat(service.isReady()).isTrue();
        }
    }

    private static KafkaProducer<byte[], byte[]> takenOver(int slot) {
        return leftHalfWay("producer-service." + ENVIRONMENT + ".one." + slot, TIMEOUT, "intruder");
    }

    @Test
    void freesReadersOfWhatADeadInstanceLeftWhenItsTimeIsOver() {
        leftHalfWay("producer-service." + ENVIRONMENT + ".gone.0", TIMEOUT, "dead-1")
                .close(Duration.ZERO);
        long left = System.nanoTime();
        Answer after = service.post("/orders", placedBy("dead-1", "after-1"));
        assertThat(after.status()).isEqualTo(200);
        assertThat(visible(ORDERS)).doesNotContain("dead-1");

        await().atMost(READY).until(() -> visible(ORDERS).contains("dead-1"));

        assertThat(Duration.ofNanos(System.nanoTime() - left)).isLessThan(TIMEOUT.plus(LOOKING));
        assertThat(visible(ORDERS)).containsOnlyOnce("dead-1");
    }

    @Test
    void endsWhatItLeftOpenWhenItStartsAgain() {
        leftHalfWay("producer-service." + ENVIRONMENT + ".two.1", READY, "dead-2")
                .close(Duration.ZERO);
        assertThat(service.post("/orders", placedBy("dead-2", "after-2")).status()).isEqualTo(200);
        assertThat(visible(ORDERS)).doesNotContain("dead-2");

        try (Service restarted = instance("two")) {
            awaitOpen(restarted);
            // Its time-out is far away: it was the restart that ended it.
            await().atMost(READY.dividedBy(2)).until(() -> visible(ORDERS).contains("dead-2"));
        }

        assertThat(visible(ORDERS)).containsOnlyOnce("dead-2");
    }
}
