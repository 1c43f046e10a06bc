package io.eventpipeline.consumer;

import static io.eventpipeline.consumer.TestEvents.ALICE;
import static io.eventpipeline.consumer.TestEvents.BOB;
import static io.eventpipeline.consumer.TestEvents.MONDAY_NOON;
import static io.eventpipeline.consumer.TestEvents.measurement;
import static io.eventpipeline.consumer.TestEvents.order;
import static io.eventpipeline.consumer.TestEvents.payment;
import static io.eventpipeline.consumer.TestEvents.shipment;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.eventpipeline.model.json.EventJson;
import io.eventpipeline.model.topic.PipelineTopic;
import io.eventpipeline.model.topic.TopicCatalogue;
import java.time.Duration;
import java.util.Random;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.jdbc.core.JdbcTemplate;
import tools.jackson.databind.JsonNode;

/**
 * What users rely on: each event is a row once, bad records are dead letters, nothing else is
 * disturbed, and the lag says so. On one running service with a broker and a database.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class DeliveryScenarios {

    static final Duration DELIVERED = Duration.ofSeconds(60);

    private static final int PARTITION = 0;

    private final TopicCatalogue catalogue = new TopicCatalogue(environment());
    private final String orders = catalogue.name(PipelineTopic.ORDER_PLACED);
    private RunningService service;
    private Sender sender;
    private JdbcTemplate database;

    abstract String bootstrapServers();

    abstract String jdbcUrl();

    abstract String environment();

    @BeforeAll
    void start() {
        service = RunningService.start(bootstrapServers(), jdbcUrl(), environment());
        sender = new Sender(bootstrapServers(), null);
        database = service.bean(JdbcTemplate.class);
        await().atMost(DELIVERED)
                .until(() -> service.get("/actuator/health/readiness").statusCode() == 200);
    }

    @AfterAll
    void stop() {
        sender.close();
        service.close();
    }

    @Test
    void storesAShipmentAndGivesItBackWithAllItsDigits() {
        sender.send(topic(PipelineTopic.SHIPMENT_REQUESTED), "s-1", shipment("o-1", ALICE));

        JsonNode stored = awaitFound("/shipments/o-1");

        assertThat(stored.toString())
                .isEqualTo(
                        "{\"eventId\":\"s-1\",\"orderId\":\"o-1\",\"customer\":\"alice\",\"sku\":\"espresso-1kg\",\"quantity\":3,\"amount\":37.50,\"currency\":\"EUR\",\"placedAt\":\"2026-11-02T12:00:00.123456789Z\",\"address\":{\"street\":\"Hafenstraße"
                            + " 7\",\"city\":\"Hamburg\",\"postalCode\":\"20457\",\"country\":\"DE\"},\"product\":{\"name\":\"Espresso"
                            + " beans, 1"
                            + " kg\",\"category\":\"coffee\",\"price\":12.50,\"currency\":\"EUR\"}}");
        assertThat(service.json("/shipments?customer=alice")).contains(stored);
        assertThat(service.json("/shipments?customer=nobody").size()).isZero();
    }

    @Test
    void storesOrdersPaymentsAndMeasurements() {
        sender.send(orders, "o-2", order("o-2", BOB));
        sender.send(topic(PipelineTopic.PAYMENT_CAPTURED), "p-2", payment("p-2", "o-2", BOB));
        String measured = topic(PipelineTopic.SERVER_MEASURED);
        sender.send(measured, "m-1", measurement("node-1", 0.25, MONDAY_NOON));
        sender.send(measured, "m-2", measurement("node-1", 0.5, MONDAY_NOON.plusSeconds(10)));

        assertThat(awaitFound("/orders/o-2").get("amount").toString()).isEqualTo("37.50");
        awaitCount("payments", "order_id = 'o-2'", 1);
        awaitCount("measurements", "host = 'node-1'", 2);
        JsonNode newestFirst = service.json("/measurements?host=node-1");
        assertThat(newestFirst.get(0).get("cpuLoad").doubleValue()).isEqualTo(0.5);
        assertThat(newestFirst.get(1).get("measuredAt").stringValue())
                .isEqualTo(MONDAY_NOON.toString());
        assertThat(service.json("/measurements?host=node-1&to=2026-11-02T12:00:05Z").size())
                .isEqualTo(1);
    }

    @Test
    void dropsRepeatsAndCountsThemWithTheOffset() {
        long before = counted("repeats_dropped");

        sender.send(orders, PARTITION, "o-3", order("o-3", ALICE));
        sender.send(orders, PARTITION, "o-3", order("o-3", ALICE));
        // The same order under another event id: a client that tried again without a key.
        sender.send(orders, PARTITION, "o-3-again", order("o-3", ALICE, "37.5"));
        sender.send(orders, PARTITION, "o-4", order("o-4", ALICE));

        awaitFound("/orders/o-4");
        assertThat(counted("repeats_dropped") - before).isEqualTo(2);
        assertThat(count("orders", "order_id = 'o-3'")).isEqualTo(1);
    }

    @Test
    void sendsOtherContentUnderAStoredIdToTheDeadLetters() {
        sender.send(orders, PARTITION, "o-5", order("o-5", ALICE, "10.00"));
        RecordMetadata sameIdentity =
                sender.send(orders, PARTITION, "o-5", order("o-5-other", ALICE, "10.00"));
        RecordMetadata sameOrder =
                sender.send(orders, PARTITION, "o-5-new", order("o-5", ALICE, "99.00"));

        assertThat(awaitLetter(sameIdentity).reason()).contains("this source and id");
        assertThat(awaitLetter(sameOrder).reason()).contains("this business id");
        assertThat(awaitFound("/orders/o-5").get("amount").toString()).isEqualTo("10.00");
        assertThat(service.get("/orders/o-5-other").statusCode()).isEqualTo(404);
    }

    @Test
    @DisplayName("C9 a bad record neither stops the rest nor is lost")
    void keepsABadRecordAsItWasAndLosesNothingAroundIt() {
        sender.send(orders, PARTITION, "o-6", order("o-6", ALICE));
        RecordMetadata noJson =
                sender.sendBytes(orders, PARTITION, "alice", "{oops".getBytes(UTF_8));
        RecordMetadata invalid = sender.sendBytes(orders, PARTITION, "alice", "{}".getBytes(UTF_8));
        RecordMetadata tombstone = sender.sendBytes(orders, PARTITION, "alice", null);
        RecordMetadata wrongType =
                sender.send(orders, PARTITION, "p-6", payment("p-6", "o-6", ALICE));
        sender.send(orders, PARTITION, "o-7", order("o-7", ALICE));

        awaitFound("/orders/o-6");
        awaitFound("/orders/o-7");
        Letter letter = awaitLetter(noJson);
        assertThat(letter.source().partition()).isEqualTo(PARTITION);
        assertThat(letter.source().key()).isEqualTo("alice".getBytes(UTF_8));
        assertThat(letter.source().value()).isEqualTo("{oops".getBytes(UTF_8));
        assertThat(letter.source().timestamp()).isEqualTo(noJson.timestamp());
        assertThat(letter.reason()).contains("not JSON");
        assertThat(letter.header("kafka_dlt-original-topic")).isEqualTo(orders);
        assertThat(letter.header("kafka_dlt-original-consumer-group")).isEqualTo("shipments");
        assertThat(awaitLetter(invalid).reason()).contains("/orderId is required");
        assertThat(awaitLetter(tombstone).reason()).contains("no value");
        assertThat(awaitLetter(tombstone).source().value()).isNull();
        assertThat(awaitLetter(wrongType).reason()).contains("ce_type");
        assertThat(awaitLetter(wrongType).header("ce_id")).isEqualTo("p-6");
    }

    @Test
    void keepsABadRecordThatJustFitIntoItsTopic() {
        byte[] incompressible = new byte[1_048_000];
        new Random(7).nextBytes(incompressible);
        RecordMetadata large = sender.sendBytes(orders, PARTITION, "alice", incompressible);
        sender.send(orders, PARTITION, "o-11", order("o-11", ALICE));

        awaitFound("/orders/o-11");
        assertThat(awaitLetter(large).source().value()).isEqualTo(incompressible);
    }

    @Test
    void sendsWhatPostgresRefusesToTheDeadLettersAndStoresTheRest() {
        String value = new String(EventJson.write(shipment("o-8", ALICE)), UTF_8);
        String topic = topic(PipelineTopic.SHIPMENT_REQUESTED);
        sender.send(topic, PARTITION, "s-9", shipment("o-9", ALICE));
        RecordMetadata refused =
                sender.sendBytes(
                        topic,
                        PARTITION,
                        "alice",
                        value.replace("Hamburg", "Ham\\u0000burg").getBytes(UTF_8));
        sender.send(topic, PARTITION, "s-10", shipment("o-10", ALICE));

        awaitFound("/shipments/o-9");
        awaitFound("/shipments/o-10");
        assertThat(awaitLetter(topic, refused).reason()).contains("SQLSTATE 22");
    }

    /** PostgreSQL compresses what it can before it says that a row of an index is too long. */
    @Test
    void sendsAForeignEventWithAnIdTooLongForAnIndexToTheDeadLettersAndStoresTheRest() {
        StringBuilder incompressible = new StringBuilder();
        new Random(8)
                .ints(20_000, 'A', 'z' + 1)
                .forEach(letter -> incompressible.append((char) letter));
        String measured = topic(PipelineTopic.SERVER_MEASURED);

        sender.send(orders, PARTITION, "o-12", order("o-12", ALICE));
        RecordMetadata refusedOrder =
                sender.send(orders, PARTITION, incompressible.toString(), order("o-13", ALICE));
        sender.send(orders, PARTITION, "x".repeat(20_000), order("o-14", ALICE));
        sender.send(orders, PARTITION, "o-15", order("o-15", ALICE));
        RecordMetadata refusedMeasurement =
                sender.send(
                        measured,
                        PARTITION,
                        incompressible.toString(),
                        measurement("long-id", 0.5, MONDAY_NOON));

        awaitFound("/orders/o-12");
        awaitFound("/orders/o-14");
        awaitFound("/orders/o-15");
        assertThat(awaitLetter(refusedOrder).reason()).contains("SQLSTATE 54");
        assertThat(awaitLetter(refusedOrder).header("ce_id")).isEqualTo(incompressible.toString());
        assertThat(awaitLetter(measured, refusedMeasurement).reason()).contains("SQLSTATE 54");
        assertThat(service.get("/orders/o-13").statusCode()).isEqualTo(404);
    }

    @Test
    @DisplayName("C8 only records of committed transactions are read")
    void passesTransactionMarkersAndAbortedRecordsWithoutLeavingLag() {
        try (Sender transactional = new Sender(bootstrapServers(), "tx-" + environment())) {
            for (int i = 0; i < 5; i++) {
                transactional.producer().beginTransaction();
                transactional.send(orders, 3, "tx-" + i, order("tx-" + i, BOB));
                transactional.producer().commitTransaction();
                // So that the aborted records come in a poll that brings nothing else.
                awaitFound("/orders/tx-" + i);
                transactional.producer().beginTransaction();
                transactional.send(orders, 3, "aborted-" + i, order("aborted-" + i, BOB));
                transactional.producer().abortTransaction();
            }
        }

        awaitNoLag();
        assertThat(lagOf(orders, 3).get("committedOffset").longValue()).isEqualTo(20);
        assertThat(lagOf(orders, 3).get("endOffset").longValue()).isEqualTo(20);
        assertThat(count("orders", "order_id LIKE 'aborted-%'")).isZero();
    }

    @Test
    void namesTheOwnerOfEachPartition() {
        awaitNoLag();
        JsonNode lag = lagOf(orders, PARTITION);

        assertThat(lag.get("group").stringValue()).isEqualTo("shipments");
        assertThat(lag.get("owner").stringValue()).startsWith("consumer-0-shipments-");
        assertThat(lag.get("timeLagMs").longValue()).isZero();
        assertThat(lag.get("stale").booleanValue()).isFalse();
        assertThat(service.json("/actuator/lag").get("partitions").size()).isEqualTo(6 * 3 + 3);
    }

    private String topic(PipelineTopic topic) {
        return catalogue.name(topic);
    }

    private JsonNode awaitFound(String path) {
        await().atMost(DELIVERED).until(() -> service.get(path).statusCode() == 200);
        return service.json(path);
    }

    private void awaitCount(String table, String condition, int expected) {
        await().atMost(DELIVERED).until(() -> count(table, condition) == expected);
    }

    private long count(String table, String condition) {
        Long count =
                database.queryForObject(
                        "SELECT count(*) FROM " + table + " WHERE " + condition, Long.class);
        return count == null ? 0 : count;
    }

    private long counted(String column) {
        Long sum =
                database.queryForObject(
                        "SELECT coalesce(sum(" + column + "), 0) FROM consumer_offset", Long.class);
        return sum == null ? 0 : sum;
    }

    private void awaitNoLag() {
        await().atMost(DELIVERED)
                .untilAsserted(() ->
                        assertThat(service.json("/actuator/lag").get("partitions"))
                                .isNotEmpty()
                                .allMatch(lag -> lag.get("lag").longValue() == 0)
                                .allMatch(lag -> !lag.get("owner").isNull()));
    }

    private JsonNode lagOf(String topic, int partition) {
        return StreamSupport.stream(
                        service.json("/actuator/lag").get("partitions").spliterator(), false)
                .filter(lag -> lag.get("topic").stringValue().equals(topic))
                .filter(lag -> lag.get("partition").intValue() == partition)
                .findFirst()
                .orElseThrow();
    }

    private Letter awaitLetter(RecordMetadata source) {
        return awaitLetter(orders, source);
    }

    private Letter awaitLetter(String topic, RecordMetadata source) {
        return await().atMost(DELIVERED)
                .until(
                        () -> Letter.find(bootstrapServers(), topic, source),
                        letters -> !letters.isEmpty())
                .getFirst();
    }
}
