package io.eventpipeline.streams;

import static io.eventpipeline.model.topic.PipelineTopic.ADDRESS_CHANGED;
import static io.eventpipeline.model.topic.PipelineTopic.ORDER_PLACED;
import static io.eventpipeline.model.topic.PipelineTopic.PRODUCT_LISTED;
import static io.eventpipeline.model.topic.PipelineTopic.SHIPMENT_REQUESTED;
import static io.eventpipeline.streams.RunningService.await;
import static io.eventpipeline.streams.Shop.address;
import static io.eventpipeline.streams.Shop.order;
import static io.eventpipeline.streams.Shop.product;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.eventpipeline.model.commerce.AddressChanged;
import io.eventpipeline.model.commerce.ShipmentRequested;
import io.eventpipeline.model.json.EventJson;
import io.eventpipeline.streams.runtime.StreamsClient;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.streams.KafkaStreams;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.FileSystemUtils;

/**
 * Orders become shipments on a real broker, once for a reader that is read_committed, whatever
 * comes first and whatever happens to the service meanwhile. Which broker, the subclass says.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ShipmentsScenarios {

    private static final String KETTLE = "kettle";

    private Path folder;
    private final String environment = "it-" + UUID.randomUUID().toString().substring(0, 8);
    private final int port = RunningService.freePort();
    private RunningService service;
    private RunningService.Topics topics;

    @SuppressWarnings("NullAway.Init") // JUnit starts the service first.
    ShipmentsScenarios() {}

    abstract String bootstrapServers();

    /** How orders are to find their products. */
    String join() {
        return "global-table";
    }

    @BeforeAll
    void start(@TempDir Path temporary) {
        folder = temporary;
        service = open().ready();
        topics = new RunningService.Topics(bootstrapServers(), environment);
        topics.send(PRODUCT_LISTED, product(KETTLE), "kettle");
    }

    @AfterAll
    void stop() {
        topics.close();
        service.close();
    }

    @Test
    @DisplayName(
            "E2, E3 an order meets its address in a table and its product in one that is not"
                    + " co-partitioned")
    void joinsAnOrderWhosePartsAreKnown() {
        topics.send(ADDRESS_CHANGED, address("alice", "Torstraße 1"), "a-1");
        topics.send(ORDER_PLACED, order("o-1", "alice", KETTLE), "e-1");

        assertThat(shipmentsOf("alice", 1).getFirst())
                .isEqualTo(
                        ShipmentRequested.of(
                                order("o-1", "alice", KETTLE),
                                address("alice", "Torstraße 1").address(),
                                product(KETTLE).product()));
    }

    @Test
    void joinsAnOrderThatCameBeforeItsAddressAndItsProduct() {
        topics.send(ORDER_PLACED, order("o-2", "bob", "teapot"), "e-2");
        topics.send(ADDRESS_CHANGED, address("bob", "Torstraße 2"), "a-2");
        topics.send(PRODUCT_LISTED, product("teapot"), "p-2");

        assertThat(shipmentsOf("bob", 1).getFirst().orderId().value()).isEqualTo("o-2");
    }

    @Test
    void joinsAnOrderThatCameBeforeItsProductAndItsAddress() {
        topics.send(ORDER_PLACED, order("o-3", "carol", "mug"), "e-3");
        topics.send(PRODUCT_LISTED, product("mug"), "p-3");
        topics.send(ADDRESS_CHANGED, address("carol", "Torstraße 3"), "a-3");

        assertThat(shipmentsOf("carol", 1).getFirst().orderId().value()).isEqualTo("o-3");
    }

    @Test
    @DisplayName("E2 a changed address applies to the orders after it")
    void appliesAChangedAddressToTheOrdersAfterIt() {
        for (int i = 0; i < 5; i++) {
            topics.send(ADDRESS_CHANGED, address("dave", "Torstraße " + i), "a-4-" + i);
            letPass(Duration.ofMillis(1_001));
            topics.send(ORDER_PLACED, order("o-4-" + i, "dave", KETTLE), "e-4-" + i);
        }

        assertThat(shipmentsOf("dave", 5))
                .extracting(shipment -> shipment.address().street())
                .containsExactly(
                        "Torstraße 0", "Torstraße 1", "Torstraße 2", "Torstraße 3", "Torstraße 4");
    }

    @Test
    void writesTheLetterOfAnUnreadableOrderIntoItsPartitionAtOnce() {
        RecordMetadata order = topics.sendRaw(ORDER_PLACED, "erin", "{".getBytes(UTF_8));

        await("the letter is committed")
                .until(() -> topics.letters(ORDER_PLACED, "erin").size() == 1);
        ConsumerRecord<String, byte[]> letter = topics.letters(ORDER_PLACED, "erin").getFirst();
        assertThat(letter.partition()).isEqualTo(order.partition());
        assertThat(letter.timestamp()).isEqualTo(order.timestamp());
        assertThat(letter.value()).isEqualTo("{".getBytes(UTF_8));
        assertThat(header(letter, "__streams.errors.offset"))
                .isEqualTo(Long.toString(order.offset()));
    }

    @Test
    void writesTheLetterOfARefusedOrderIntoItsPartition() {
        RecordMetadata order =
                topics.sendRaw(
                        ORDER_PLACED, "frank", EventJson.write(order("o-6", "grace", KETTLE)));

        await("the letter is committed")
                .until(() -> topics.letters(ORDER_PLACED, "frank").size() == 1);
        assertThat(topics.letters(ORDER_PLACED, "frank").getFirst().partition())
                .isEqualTo(order.partition());
    }

    @Test
    void keepsWaitingOrdersOverARestartOnTheSameState() {
        topics.send(ORDER_PLACED, order("o-7", "heidi", KETTLE), "e-7");
        awaitRead("heidi");
        service.close();
        topics.send(ADDRESS_CHANGED, address("heidi", "Torstraße 7"), "a-7");
        service = open().ready();

        assertThat(shipmentsOf("heidi", 1)).hasSize(1);
    }

    @Test
    void keepsWaitingOrdersOverARestartWithoutState() throws IOException {
        topics.send(ORDER_PLACED, order("o-8", "ivan", "vase"), "e-8");
        topics.send(ADDRESS_CHANGED, address("ivan", "Torstraße 8"), "a-8");
        awaitRead("ivan");
        service.close();
        FileSystemUtils.deleteRecursively(folder.resolve("state"));
        service = open().ready();
        assertThat(service.get("/customers/ivan/address").statusCode()).isEqualTo(200);
        topics.send(PRODUCT_LISTED, product("vase"), "p-8");

        assertThat(shipmentsOf("ivan", 1)).hasSize(1);
    }

    @Test
    void answersForTheAddressOfACustomer() {
        AddressChanged address = address("judy ä?", "Torstraße 9");
        topics.send(ADDRESS_CHANGED, address, "a-9");

        // Asked at once: on a busy machine the answer may be "not now", but never "unknown".
        HttpResponse<String> found =
                await("an answer")
                        .until(
                                () -> service.get("/customers/judy%20%C3%A4%3F/address"),
                                answer -> {
                                    assertThat(answer.statusCode()).isNotEqualTo(404);
                                    return answer.statusCode() == 200;
                                });
        assertThat(EventJson.read(found.body().getBytes(UTF_8), AddressChanged.class))
                .isEqualTo(address);
    }

    @Test
    void doesNotSayUnknownOfAnAddressThatIsStoredAndNotReadYet() {
        KafkaStreams streams =
                service.context().getBean(StreamsClient.class).current().orElseThrow();
        streams.pause();
        HttpResponse<String> unread;
        try {
            topics.send(ADDRESS_CHANGED, address("niaj", "Torstraße 10"), "a-10");
            unread = service.get("/customers/niaj/address");
        } finally {
            streams.resume();
        }

        assertThat(unread.statusCode()).as(unread.body()).isEqualTo(503);
        assertThat(unread.headers().firstValue("retry-after")).hasValue("1");
        assertThat(unread.body()).contains("/state-unavailable", "read to its end");
        await("the address is read")
                .until(() -> service.get("/customers/niaj/address").statusCode() == 200);
    }

    @Test
    void saysThatAnAddressIsUnknown() {
        HttpResponse<String> missing = service.get("/customers/mallory/address");

        assertThat(missing.statusCode()).as(missing.body()).isEqualTo(404);
        assertThat(missing.headers().firstValue("content-type"))
                .hasValue("application/problem+json");
        assertThat(missing.body()).contains("/not-found", "mallory");
    }

    @Test
    void showsItsThreadsAndTasks() {
        HttpResponse<String> streams = service.get("/actuator/streams");

        assertThat(streams.statusCode()).isEqualTo(200);
        assertThat(streams.body())
                .contains("\"state\":\"RUNNING\"")
                .containsPattern("\"id\":\"\\d_5\"");
    }

    @Test
    void exportsABoundedNumberOfSeries() {
        List<String> series =
                service.get("/actuator/prometheus")
                        .body()
                        .lines()
                        .filter(line -> line.startsWith("kafka_"))
                        .toList();

        assertThat(series).anyMatch(line -> line.startsWith("kafka_stream_"));
        assertThat(series).hasSizeLessThan(1_000);
    }

    private RunningService open() {
        return RunningService.start(
                bootstrapServers(),
                environment,
                folder.resolve("state"),
                port,
                "--pipeline.streams.shipments.join=" + join());
    }

    private List<ShipmentRequested> shipmentsOf(String customer, int count) {
        await(count + " shipments of " + customer)
                .until(() -> topics.committed(SHIPMENT_REQUESTED, customer).size() >= count);
        return topics.committed(SHIPMENT_REQUESTED, customer).stream()
                .map(record -> EventJson.read(record.value(), ShipmentRequested.class))
                .toList();
    }

    private void awaitRead(String customer) {
        await("a waiting order of " + customer)
                .until(() -> topics.changelogHas("waiting-orders", customer));
    }

    /** The promise is for orders that are sent more than a second after the receipt. */
    private static void letPass(Duration duration) {
        Instant end = Instant.now().plus(duration);
        await("time passes").until(() -> Instant.now().isAfter(end));
    }

    private static String header(ConsumerRecord<?, ?> record, String name) {
        return new String(record.headers().lastHeader(name).value(), UTF_8);
    }
}
