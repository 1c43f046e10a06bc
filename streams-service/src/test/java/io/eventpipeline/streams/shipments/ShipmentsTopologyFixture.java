package io.eventpipeline.streams.shipments;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.eventpipeline.model.commerce.AddressChanged;
import io.eventpipeline.model.commerce.CustomerId;
import io.eventpipeline.model.commerce.OrderId;
import io.eventpipeline.model.commerce.OrderPlaced;
import io.eventpipeline.model.commerce.ProductListed;
import io.eventpipeline.model.commerce.ShipmentRequested;
import io.eventpipeline.model.commerce.Sku;
import io.eventpipeline.model.event.Event;
import io.eventpipeline.model.json.EventJson;
import io.eventpipeline.model.serde.EventSerdes;
import io.eventpipeline.model.topic.PipelineTopic;
import io.eventpipeline.model.topic.TopicCatalogue;
import io.eventpipeline.streams.PieceDriver;
import io.eventpipeline.streams.failure.DeadLetters;
import io.eventpipeline.streams.intake.Intake;
import io.eventpipeline.streams.shipments.ShipmentsProperties.ProductJoin;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Currency;
import java.util.List;
import java.util.Properties;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyConfig;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;

/**
 * The production topology on a {@link TopologyTestDriver}: times are explicit, both those of
 * records and the wall clock, which begins at {@link #START}.
 */
final class ShipmentsTopologyFixture implements AutoCloseable {

    static final Instant START = PieceDriver.START;
    static final String ALICE = "alice";
    static final String BOB = "bob";
    static final String KETTLE = "kettle";
    static final String TEAPOT = "teapot";
    static final String TRACE = PieceDriver.TRACE;
    static final Duration LIMIT = Duration.ofHours(24);
    static final Duration CATCH_UP = Duration.ofMinutes(1);
    static final Duration LOOKUP = Duration.ofMillis(250);
    static final int WORK_PER_PUNCTUATION = 10;

    final TopicCatalogue topics = new TopicCatalogue("dev");
    final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    final TopologyTestDriver driver;
    private final TestInputTopic<String, byte[]> orders;
    private final TestInputTopic<String, byte[]> addresses;
    private final TestInputTopic<String, byte[]> products;
    private final TestOutputTopic<String, ShipmentRequested> shipments;
    private Instant clock;

    ShipmentsTopologyFixture(Path stateDir) {
        this(stateDir, ProductJoin.GLOBAL_TABLE);
    }

    ShipmentsTopologyFixture(Path stateDir, ProductJoin join) {
        this(stateDir, join, START);
    }

    private ShipmentsTopologyFixture(Path stateDir, ProductJoin join, Instant start) {
        clock = start;
        DeadLetters deadLetters = new DeadLetters(topics, registry);
        Properties config = PieceDriver.config(stateDir, deadLetters);
        StreamsBuilder builder = new StreamsBuilder(new TopologyConfig(new StreamsConfig(config)));
        new ShipmentsTopology(
                        topics,
                        new ShipmentsProperties(join, LIMIT, CATCH_UP, LOOKUP),
                        deadLetters,
                        registry,
                        WORK_PER_PUNCTUATION)
                .addTo(builder, new Intake(builder, topics, InstantSource.system()));
        driver = new TopologyTestDriver(builder.build(config), config, start);
        orders = input(PipelineTopic.ORDER_PLACED);
        addresses = input(PipelineTopic.ADDRESS_CHANGED);
        products = input(PipelineTopic.PRODUCT_LISTED);
        shipments =
                driver.createOutputTopic(
                        topics.name(PipelineTopic.SHIPMENT_REQUESTED),
                        new StringDeserializer(),
                        EventSerdes.deserializer(ShipmentRequested.class));
    }

    static OrderPlaced order(String id, String customer, String sku) {
        return new OrderPlaced(
                new OrderId(id),
                new CustomerId(customer),
                new Sku(sku),
                2,
                new BigDecimal("49.90"),
                Currency.getInstance("EUR"),
                START.minusSeconds(5));
    }

    static AddressChanged address(String customer, String street) {
        return new AddressChanged(new CustomerId(customer), street, "Berlin", "10115", "DE");
    }

    static ProductListed product(String sku, String name) {
        return new ProductListed(
                new Sku(sku),
                name,
                "kitchen",
                new BigDecimal("24.95"),
                Currency.getInstance("EUR"));
    }

    static Headers headers(Event event, String id) {
        return PieceDriver.headers(event, id);
    }

    void place(OrderPlaced order) {
        place(order, order.orderId().value());
    }

    void place(OrderPlaced order, String eventId) {
        orders.pipeInput(
                new TestRecord<>(
                        order.key(), EventJson.write(order), headers(order, eventId), clock));
    }

    void placeRaw(@Nullable String key, byte @Nullable [] value, Headers headers) {
        orders.pipeInput(new TestRecord<>(key, value, headers, clock));
    }

    void move(AddressChanged address) {
        addresses.pipeInput(
                new TestRecord<>(
                        address.key(), EventJson.write(address), headers(address, "a"), clock));
    }

    void moveRaw(@Nullable String key, byte @Nullable [] value) {
        addresses.pipeInput(new TestRecord<>(key, value, new RecordHeaders(), clock));
    }

    void list(ProductListed product) {
        products.pipeInput(
                new TestRecord<>(
                        product.key(), EventJson.write(product), headers(product, "p"), clock));
    }

    void listRaw(@Nullable String key, byte @Nullable [] value) {
        products.pipeInput(new TestRecord<>(key, value, new RecordHeaders(), clock));
    }

    void advance(Duration duration) {
        clock = clock.plus(duration);
        driver.advanceWallClockTime(duration);
    }

    /** Lets so many lookup intervals pass; one long step would be one punctuation only. */
    void lookUp(int times) {
        for (int i = 0; i < times; i++) {
            advance(LOOKUP);
        }
    }

    List<TestRecord<String, ShipmentRequested>> shipments() {
        return shipments.readRecordsToList();
    }

    List<String> shippedOrders() {
        return shipments().stream().map(record -> record.value().orderId().value()).toList();
    }

    List<TestRecord<String, byte[]>> letters(PipelineTopic topic) {
        return driver.createOutputTopic(
                        topics.deadLetterName(topic),
                        new StringDeserializer(),
                        new ByteArrayDeserializer())
                .readRecordsToList();
    }

    static String header(TestRecord<?, ?> record, String name) {
        return new String(record.headers().lastHeader(name).value(), UTF_8);
    }

    private TestInputTopic<String, byte[]> input(PipelineTopic topic) {
        return driver.createInputTopic(
                topics.name(topic), new StringSerializer(), new ByteArraySerializer());
    }

    /** Another at another time, with the stores of this one, which is closed. */
    ShipmentsTopologyFixture restartedAt(Path otherStateDir, Instant start) {
        ShipmentsTopologyFixture restarted =
                new ShipmentsTopologyFixture(otherStateDir, ProductJoin.GLOBAL_TABLE, start);
        List.of(WaitingOrders.ORDERS_STORE, WaitingOrders.INDEX_STORE)
                .forEach(store -> copy(restarted, store));
        try (var addressesBefore =
                driver.<String, AddressChanged>getTimestampedKeyValueStore(
                                ShipmentsTopology.ADDRESSES_STORE)
                        .all()) {
            var target =
                    restarted.driver.<String, AddressChanged>getTimestampedKeyValueStore(
                            ShipmentsTopology.ADDRESSES_STORE);
            addressesBefore.forEachRemaining(entry -> target.put(entry.key, entry.value));
        }
        close();
        return restarted;
    }

    private void copy(ShipmentsTopologyFixture restarted, String store) {
        try (var entries = driver.getKeyValueStore(store).all()) {
            var target = restarted.driver.getKeyValueStore(store);
            entries.forEachRemaining(entry -> target.put(entry.key, entry.value));
        }
    }

    @Override
    public void close() {
        driver.close();
    }
}
