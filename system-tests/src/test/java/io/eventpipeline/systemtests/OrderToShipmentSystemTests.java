package io.eventpipeline.systemtests;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.eventpipeline.model.commerce.AddressChanged;
import io.eventpipeline.model.commerce.OrderPlaced;
import io.eventpipeline.model.commerce.ProductListed;
import io.eventpipeline.model.json.EventJson;
import io.eventpipeline.model.topic.PipelineTopic;
import io.eventpipeline.systemtests.history.TopicReader;
import io.eventpipeline.systemtests.load.KeyedSenders;
import io.eventpipeline.systemtests.load.OrderPlan;
import io.eventpipeline.systemtests.services.Rest;
import io.eventpipeline.systemtests.services.RunningPipeline;
import io.eventpipeline.systemtests.services.ServiceProcess;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/**
 * An order goes in over REST and comes out as a shipment; what is wrong is refused with a reason;
 * and when the broker or the database is away, each call has its answer in time and nothing that
 * was accepted is lost. On one broker and one instance of each service.
 */
class OrderToShipmentSystemTests {

    /** The promise is 5 s on a quiet machine. */
    private static final Duration SHIPMENT_TIMEOUT = Duration.ofSeconds(30);

    private static final Duration RECOVERY_TIMEOUT = Duration.ofMinutes(2);

    /** DESIGN.md section 5; a margin for a busy machine. */
    private static final Duration UNAVAILABLE_WITHIN = Duration.ofSeconds(3).plusSeconds(2);

    /** Longer than an answer takes from socket to socket. */
    private static final Duration ANSWER_ON_ITS_WAY = Duration.ofMillis(500);

    private static final int WAITS_FOR_ADDRESS = 0;
    private static final int WAITS_FOR_PRODUCT = 1;
    private static final int DURING_BROKER_OUTAGE = 2;
    private static final int DURING_DATABASE_OUTAGE = 3;
    private static final int DURING_KILL = 4;
    private static final OrderPlan PLAN = new OrderPlan(2, 5);
    private static final int SENDERS = 8;

    @TempDir private static Path data;
    private static RunningPipeline pipeline;
    private static Sender sender;

    @BeforeAll
    static void startPipeline() {
        pipeline = RunningPipeline.start("order-to-shipment", 1, 1, data);
        sender = new Sender(pipeline);
    }

    @AfterAll
    static void stopPipeline() {
        if (pipeline != null) {
            pipeline.close();
        }
    }

    @Test
    void anOrderBecomesAShipmentWithItsAddressAndItsProduct() {
        announce(WAITS_FOR_ADDRESS, 1);
        OrderPlaced order = PLAN.order(WAITS_FOR_ADDRESS, 1);

        HttpResponse<String> answer = sender.post(order);

        assertThat(answer.statusCode()).isEqualTo(200);
        JsonNode shipment = awaitShipment(order);
        AddressChanged address = PLAN.addresses().get(WAITS_FOR_ADDRESS);
        assertThat(shipment.path("quantity").asInt()).isEqualTo(order.quantity());
        assertThat(shipment.at("/address/street").asString()).isEqualTo(address.street());
        assertThat(shipment.at("/product/name").asString()).isEqualTo(product(order).name());
        assertThat(sender.get("/orders/" + order.orderId()).statusCode()).isEqualTo(200);
        assertThat(sender.get("/shipments?customer=" + order.customer()).body())
                .contains(order.orderId().value());
    }

    @Test
    void anOrderThatCameFirstWaitsForItsAddressAndItsProduct() {
        OrderPlaced order = PLAN.order(WAITS_FOR_PRODUCT, 1);
        assertThat(sender.post(order).statusCode()).isEqualTo(200);
        await("the order, which needs nothing else")
                .atMost(SHIPMENT_TIMEOUT)
                .until(() -> sender.get("/orders/" + order.orderId()).statusCode() == 200);

        announce(WAITS_FOR_PRODUCT, 1);

        assertThat(awaitShipment(order).at("/product/name").asString())
                .isEqualTo(product(order).name());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    unknown field | /orders | 422 | #/colour   | {"orderId":"o","customer":"c","sku":"s","quantity":1,"amount":1,"currency":"EUR","placedAt":"2026-11-20T08:00:00Z","colour":"red"}
                    wrong type    | /orders | 422 | #/quantity | {"orderId":"o","customer":"c","sku":"s","quantity":"1","amount":1,"currency":"EUR","placedAt":"2026-11-20T08:00:00Z"}
                    missing field | /orders | 422 | #/sku      | {"orderId":"o","customer":"c","quantity":1,"amount":1,"currency":"EUR","placedAt":"2026-11-20T08:00:00Z"}
                    no JSON       | /orders | 400 |            | {"orderId":
                    unknown path  | /ordres | 404 |            | {}
                    """)
    void whatIsWrongIsRefusedWithAReason(
            String what, String path, int status, String pointer, String body) {
        HttpResponse<String> answer = sender.post(path, body);

        assertThat(answer.statusCode()).as(what).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).contains("application/problem+json"));
        assertThat(answer.body()).contains(pointer == null ? "type" : pointer);
    }

    @Test
    void aBodyOfTwentyMegabytesIsRefusedAndTheClientSeesWhy() {
        byte[] body = new byte[20 * 1024 * 1024];

        HttpResponse<String> answer = Rest.send("POST", pipeline.producer().uri("/orders"), body);

        assertThat(answer.statusCode()).isEqualTo(413);
        assertThat(answer.body()).contains("limit");
    }

    @Test
    void whileTheBrokerIsAwayEachCallIsToldInTimeAndAfterwardsAllGoesOn() {
        announce(DURING_BROKER_OUTAGE, 1);
        OrderPlaced before = PLAN.order(DURING_BROKER_OUTAGE, 1);
        assertThat(sender.post(before).statusCode()).isEqualTo(200);
        OrderPlaced after = PLAN.order(DURING_BROKER_OUTAGE, 2);

        pipeline.kafka().broker(1).stop();
        try {
            awaitHealth(pipeline.producer(), "readiness", 503);
            awaitHealth(pipeline.producer(), "liveness", 200);
            Instant asked = Instant.now();
            HttpResponse<String> answer = sender.post(after);

            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(503);
            assertThat(answer.headers().firstValue("Retry-After")).isPresent();
            assertThat(Duration.between(asked, Instant.now())).isLessThan(UNAVAILABLE_WITHIN);
        } finally {
            pipeline.kafka().broker(1).start();
        }

        await("an order to be taken again")
                .atMost(RECOVERY_TIMEOUT)
                .until(() -> sender.statusOfPost(after) == 200);
        awaitHealth(pipeline.producer(), "readiness", 200);
        announce(DURING_BROKER_OUTAGE, 2);
        awaitShipment(before);
        awaitShipment(after);
    }

    @Test
    void whileTheDatabaseIsAwayOrdersAreTakenAndAfterwardsAllAreThere() {
        List<OrderPlaced> orders =
                IntStream.rangeClosed(1, 50)
                        .mapToObj(sequence -> PLAN.order(DURING_DATABASE_OUTAGE, sequence))
                        .toList();
        PLAN.products().forEach(product -> sender.put("/products/" + product.sku(), product));
        putAddress(DURING_DATABASE_OUTAGE);
        ServiceProcess consumer = pipeline.consumers().getFirst();

        for (int i = 0; i < orders.size(); i++) {
            if (i == orders.size() / 3) {
                pipeline.postgres().kill();
            }
            assertThat(sender.post(orders.get(i)).statusCode()).isEqualTo(200);
        }
        try {
            HttpResponse<String> answer = sender.get("/orders/any");
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(503);
            awaitHealth(consumer, "readiness", 503);
            awaitHealth(consumer, "liveness", 200);
        } finally {
            pipeline.postgres().start();
        }

        awaitHealth(consumer, "readiness", 200);
        orders.forEach(OrderToShipmentSystemTests::awaitShipment);
    }

    /** Not to be told apart by a client from a request that was never stored. */
    @Test
    void whatWasStoredAndNotAnsweredWhenTheProducerWasKilledIsThereOnceAfterItsRepeat()
            throws SQLException {
        ServiceProcess producer = pipeline.producer();
        try (KeyedSenders senders =
                new KeyedSenders(
                        producer, SENDERS, sequence -> PLAN.order(DURING_KILL, sequence))) {
            await("some orders to be answered")
                    .atMost(RECOVERY_TIMEOUT)
                    .until(() -> senders.answered().size() > 10 * SENDERS);
            Set<String> between =
                    await("the producer to be frozen between store and answer")
                            .atMost(RECOVERY_TIMEOUT)
                            .until(
                                    () -> freezeBetweenStoreAndAnswer(senders),
                                    unanswered -> !unanswered.isEmpty());
            producer.kill();
            producer.launch();
            await("their repeats to be answered")
                    .atMost(RECOVERY_TIMEOUT)
                    .until(() -> senders.answered().containsAll(between));
            senders.stop();

            assertThat(Set.copyOf(idsInTopic(DURING_KILL))).isEqualTo(senders.answered());
            await("all to be in the table")
                    .atMost(SHIPMENT_TIMEOUT.plus(RECOVERY_TIMEOUT))
                    .until(() -> idsInTable(DURING_KILL).size() >= senders.answered().size());
            assertThat(idsInTable(DURING_KILL))
                    .containsExactlyInAnyOrderElementsOf(senders.answered());
        }
    }

    /**
     * What lies in the topic while its sender has no answer; empty, and awake again, if nothing.
     */
    private static Set<String> freezeBetweenStoreAndAnswer(KeyedSenders senders) {
        pipeline.producer().suspend();
        AtomicInteger answered = new AtomicInteger(-1);
        await("answers on their way to arrive")
                .pollInterval(ANSWER_ON_ITS_WAY)
                .until(() ->
                        senders.answered().size() == answered.getAndSet(senders.answered().size()));
        Set<String> between = new HashSet<>(idsInTopic(DURING_KILL));
        between.removeAll(senders.answered());
        if (between.isEmpty()) {
            pipeline.producer().resume();
        }
        return between;
    }

    /** The ids of a customer's orders, that of each record. */
    private static List<String> idsInTopic(int customer) {
        String prefix = PLAN.addresses().get(customer).customer().value();
        try (TopicReader reader = new TopicReader(pipeline.kafka().bootstrapServers())) {
            return reader.read(pipeline.topics().name(PipelineTopic.ORDER_PLACED)).stream()
                    .map(record -> record.identity().id())
                    .filter(id -> id.startsWith(prefix))
                    .toList();
        }
    }

    private static List<String> idsInTable(int customer) throws SQLException {
        List<String> ids = new ArrayList<>();
        try (Connection connection = pipeline.connect();
                PreparedStatement select =
                        connection.prepareStatement(
                                "SELECT event_id FROM orders WHERE customer = ?")) {
            select.setString(1, PLAN.addresses().get(customer).customer().value());
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    ids.add(row.getString(1));
                }
            }
        }
        return ids;
    }

    private static void announce(int customer, int sequence) {
        putAddress(customer);
        ProductListed product = product(PLAN.order(customer, sequence));
        sender.put("/products/" + product.sku(), product);
    }

    private static void putAddress(int customer) {
        AddressChanged address = PLAN.addresses().get(customer);
        sender.put("/customers/" + address.customer() + "/address", address);
    }

    private static ProductListed product(OrderPlaced order) {
        return PLAN.products().stream()
                .filter(product -> product.sku().equals(order.sku()))
                .findFirst()
                .orElseThrow();
    }

    private static JsonNode awaitShipment(OrderPlaced order) {
        await("the shipment of " + order.orderId())
                .atMost(SHIPMENT_TIMEOUT.plus(RECOVERY_TIMEOUT))
                .until(() -> sender.get("/shipments/" + order.orderId()).statusCode() == 200);
        return EventJson.readTree(
                sender.get("/shipments/" + order.orderId()).body().getBytes(UTF_8));
    }

    private static void awaitHealth(ServiceProcess service, String group, int status) {
        await(service.name() + " to answer " + status + " for its " + group)
                .atMost(RECOVERY_TIMEOUT)
                .until(() -> Rest.statusOf(service.uri("/actuator/health/" + group)) == status);
    }
}
