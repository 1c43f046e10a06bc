package io.eventpipeline.producer;

import static io.eventpipeline.producer.Orders.ALICE;
import static io.eventpipeline.producer.Orders.BOB;
import static io.eventpipeline.producer.Orders.placedBy;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cloudevents.CloudEvent;
import io.cloudevents.CloudEventData;
import io.eventpipeline.producer.Service.Answer;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;

/**
 * What is answered 200 is stored, at the place that the receipt names, as a CloudEvent that the
 * official SDK reads. Which broker it is proved on, the subclass says.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ProducingScenarios {

    private static final Duration READY = Duration.ofSeconds(90);
    private static final String TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    private static final String ENVIRONMENT = "scenarios";

    private Service service;
    private Topics topics;

    abstract String bootstrapServers();

    @BeforeAll
    void start() {
        topics = new Topics(bootstrapServers());
        service = Service.on(bootstrapServers(), "pipeline.environment=" + ENVIRONMENT);
        await().atMost(READY).until(service::isReady);
    }

    @AfterAll
    void stop() {
        service.close();
    }

    private static String topic(String before, String event) {
        return before + "." + ENVIRONMENT + "." + event;
    }

    /** The record that a receipt names. */
    private ConsumerRecord<String, CloudEvent> stored(JsonNode receipt) {
        return topics.read(receipt.get("topic").stringValue()).stream()
                .filter(record ->
                        record.partition() == receipt.get("partition").intValue()
                                && record.offset() == receipt.get("offset").longValue())
                .findAny()
                .orElseThrow(() -> new AssertionError("No record at " + receipt));
    }

    private static String data(ConsumerRecord<String, CloudEvent> record) {
        CloudEventData data = Objects.requireNonNull(record.value().getData());
        return new String(data.toBytes(), UTF_8);
    }

    @Test
    void storesAnOrderAsACloudEventWhereTheReceiptSays() {
        Instant before = Instant.now();

        Answer answer =
                service.post(
                        "/orders",
                        " " + placedBy(ALICE, "o-1"),
                        "Idempotency-Key",
                        "\"first order\"",
                        "traceparent",
                        TRACE,
                        "tracestate",
                        "vendor=1");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("content-type")).isEqualTo("application/json");
        assertThat(answer.body().propertyNames())
                .containsExactly("eventId", "topic", "partition", "offset", "timestamp");
        assertThat(answer.body().get("eventId").stringValue()).isEqualTo("first order");
        assertThat(answer.body().get("topic").stringValue())
                .isEqualTo(topic("commerce.order", "placed"));

        ConsumerRecord<String, CloudEvent> record = stored(answer.body());
        assertThat(record.key()).isEqualTo(ALICE);
        assertThat(record.timestamp()).isEqualTo(answer.body().get("timestamp").longValue());
        assertThat(Instant.ofEpochMilli(record.timestamp()))
                .isBetween(before.minusMillis(1), Instant.now());
        assertThat(data(record)).isEqualTo(placedBy(ALICE, "o-1"));

        CloudEvent event = record.value();
        assertThat(event.getId()).isEqualTo("first order");
        assertThat(event.getSource()).hasToString("/producer-service/orders");
        assertThat(event.getType()).isEqualTo("io.eventpipeline.order.placed.v1");
        assertThat(event.getSubject()).isEqualTo(ALICE);
        assertThat(event.getTime()).isEqualTo(OffsetDateTime.parse("2026-11-01T12:00:00Z"));
        assertThat(event.getDataContentType()).isEqualTo("application/json");
        Header trace = record.headers().lastHeader("traceparent");
        assertThat(new String(trace.value(), UTF_8)).isEqualTo(TRACE);
        Header state = record.headers().lastHeader("tracestate");
        assertThat(new String(state.value(), UTF_8)).isEqualTo("vendor=1");
    }

    @Test
    void answersAnArrayWithAReceiptForEachInItsOrder() {
        String orders =
                "["
                        + placedBy(ALICE, "a-1")
                        + ","
                        + placedBy(BOB, "b-1")
                        + ","
                        + placedBy(ALICE, "a-2")
                        + "]";

        Answer answer = service.post("/orders", orders, "Idempotency-Key", "batch-7");

        assertThat(answer.status()).isEqualTo(200);
        List<JsonNode> receipts = answer.body().get("records").valueStream().toList();
        assertThat(receipts)
                .extracting(receipt -> receipt.get("eventId").stringValue())
                .containsExactly("batch-7/0", "batch-7/1", "batch-7/2");
        assertThat(receipts.stream().map(this::stored).map(ProducingScenarios::data))
                .containsExactly(
                        placedBy(ALICE, "a-1"), placedBy(BOB, "b-1"), placedBy(ALICE, "a-2"));
        assertThat(receipts.get(2).get("offset").longValue())
                .isGreaterThan(receipts.get(0).get("offset").longValue());
    }

    @Test
    void sendsNothingOfAnArrayInWhichOneEventIsWrong() {
        String topic = topic("commerce.order", "placed");
        String customer = "nobody";

        Answer answer = service.post("/orders", "[" + placedBy(customer, "n-1") + ",{}]");

        assertThat(answer.status()).isEqualTo(422);
        // What was sent before this order lies before it: so nobody's would be there by now.
        service.post("/orders", placedBy(customer + "-else", "n-2"));
        assertThat(topics.read(topic)).noneMatch(record -> record.key().equals(customer));
    }

    @Test
    void givesEachEventAnIdOfItsOwnIfTheSenderHasNone() {
        Answer first = service.post("/orders", placedBy(ALICE, "u-1"));
        Answer second = service.post("/orders", placedBy(ALICE, "u-1"));

        assertThat(first.body().get("eventId").stringValue())
                .isNotEqualTo(second.body().get("eventId").stringValue());
    }

    @Test
    void storesAnAddressUnderTheCustomerOfThePath() {
        Answer answer =
                service.put(
                        "/customers/J%C3%BCrgen%20K/address",
                        "{\"street\":\"Main Street"
                                + " 1\",\"city\":\"Berlin\",\"postalCode\":\"10115\","
                                + "\"country\":\"DE\"}");

        assertThat(answer.status()).isEqualTo(200);
        ConsumerRecord<String, CloudEvent> record = stored(answer.body());
        assertThat(record.topic()).isEqualTo(topic("commerce.customer", "address-changed"));
        assertThat(record.key()).isEqualTo("Jürgen K");
        assertThat(data(record)).contains("\"customer\":\"Jürgen K\"");
        assertThat(record.value().getSource())
                .hasToString("/producer-service/customers/J%C3%BCrgen%20K/address");
        assertThat(Objects.requireNonNull(record.value().getTime()).toInstant().toEpochMilli())
                .isEqualTo(record.timestamp());
    }

    @Test
    void storesAProductWithThePriceAsItWasWritten() {
        Answer answer =
                service.put(
                        "/products/lamp",
                        "{\"name\":\"Lamp\",\"category\":\"light\",\"price\":24.90,\"currency\":\"EUR\"}");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(data(stored(answer.body()))).contains("\"price\":24.90");
    }

    @Test
    void storesMeasurementsByHost() {
        Answer answer =
                service.post(
                        "/server-measurements",
                        "[{\"host\":\"db1\",\"cpuLoad\":0.5,\"memoryUsedBytes\":1,"
                            + "\"memoryTotalBytes\":2,\"measuredAt\":\"2026-11-01T12:00:00Z\"}]");

        assertThat(answer.status()).isEqualTo(200);
        ConsumerRecord<String, CloudEvent> record = stored(answer.body().get("records").get(0));
        assertThat(record.topic()).isEqualTo(topic("ops.server", "measured"));
        assertThat(record.key()).isEqualTo("db1");
    }

    @Test
    void handsOverAPositionWithoutWaitingForItsOffset() {
        Answer answer =
                service.post(
                        "/positions",
                        "{\"vehicle\":\"van-1\",\"latitude\":52.5,\"longitude\":13.4,"
                                + "\"reportedAt\":\"2026-11-01T12:00:00Z\"}");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body().get("offset").longValue()).isEqualTo(-1);
        await().atMost(READY)
                .until(() -> !topics.read(topic("fleet.gps", "position-reported")).isEmpty());
    }

    @Test
    void keepsTheOrderOfACustomerWhoWaitsForAnswers() {
        List<JsonNode> receipts =
                IntStream.range(0, 20)
                        .mapToObj(i -> service.post("/orders", placedBy("carol", "c-" + i)).body())
                        .toList();

        assertThat(receipts).extracting(r -> r.get("offset").longValue()).isSorted();
        assertThat(receipts)
                .extracting(r -> r.get("partition").intValue())
                .containsOnly(receipts.getFirst().get("partition").intValue());
    }

    @Test
    void showsItsProducersAndEventsToPrometheus() {
        service.post("/orders", placedBy(ALICE, "m-1"));

        assertThat(service.get("/actuator/prometheus").response().body())
                .contains("kafka_producer_record_send_total")
                .contains("pipeline_producer_events_total{")
                .contains("outcome=\"stored\"")
                .contains("pipeline_producer_delivery_seconds_bucket{");
    }
}
