package io.eventpipeline.streams.shipments;

import static io.eventpipeline.streams.shipments.ShipmentsTopologyFixture.ALICE;
import static io.eventpipeline.streams.shipments.ShipmentsTopologyFixture.BOB;
import static io.eventpipeline.streams.shipments.ShipmentsTopologyFixture.KETTLE;
import static io.eventpipeline.streams.shipments.ShipmentsTopologyFixture.LOOKUP;
import static io.eventpipeline.streams.shipments.ShipmentsTopologyFixture.START;
import static io.eventpipeline.streams.shipments.ShipmentsTopologyFixture.TEAPOT;
import static io.eventpipeline.streams.shipments.ShipmentsTopologyFixture.TRACE;
import static io.eventpipeline.streams.shipments.ShipmentsTopologyFixture.address;
import static io.eventpipeline.streams.shipments.ShipmentsTopologyFixture.header;
import static io.eventpipeline.streams.shipments.ShipmentsTopologyFixture.order;
import static io.eventpipeline.streams.shipments.ShipmentsTopologyFixture.product;
import static org.assertj.core.api.Assertions.assertThat;

import io.eventpipeline.model.commerce.ShipmentRequested;
import io.eventpipeline.model.topic.PipelineTopic;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each order becomes one shipment, whatever comes first, and never one with a wrong part. */
class ShipmentsTopologyTests {

    private static final Duration SECOND = Duration.ofSeconds(1);

    @TempDir Path stateDir;
    @TempDir Path otherStateDir;
    private ShipmentsTopologyFixture topology;

    @BeforeEach
    void open() {
        topology = new ShipmentsTopologyFixture(stateDir);
    }

    @AfterEach
    void close() {
        topology.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"OAP", "OPA", "AOP", "APO", "POA", "PAO"})
    void joinsAnOrderInWhateverOrderItsPartsCome(String arrival) {
        arrival.chars()
                .forEach(part -> {
                    switch (part) {
                        case 'O' -> topology.place(order("o-1", ALICE, KETTLE));
                        case 'A' -> topology.move(address(ALICE, "Torstraße 1"));
                        default -> topology.list(product(KETTLE, "Kettle"));
                    }
                    topology.advance(SECOND);
                });

        List<TestRecord<String, ShipmentRequested>> shipments = topology.shipments();
        assertThat(shipments).hasSize(1);
        assertThat(shipments.getFirst().key()).isEqualTo(ALICE);
        assertThat(shipments.getFirst().value())
                .isEqualTo(
                        ShipmentRequested.of(
                                order("o-1", ALICE, KETTLE),
                                address(ALICE, "Torstraße 1").address(),
                                product(KETTLE, "Kettle").product()));
        assertNothingWaits();
    }

    @ParameterizedTest
    @ValueSource(strings = {"OAP", "OPA", "PAO"})
    void givesAShipmentHeadersOfItsOwnAndTheOrdersTrace(String arrival) {
        arrival.chars()
                .forEach(part -> {
                    switch (part) {
                        case 'O' -> {
                            var headers =
                                    ShipmentsTopologyFixture.headers(
                                            order("o", ALICE, KETTLE), "e-1");
                            headers.add("x-client", new byte[] {1});
                            topology.placeRaw(ALICE, json(order("o-1", ALICE, KETTLE)), headers);
                        }
                        case 'A' -> topology.move(address(ALICE, "Torstraße 1"));
                        default -> topology.list(product(KETTLE, "Kettle"));
                    }
                    topology.advance(SECOND);
                });

        TestRecord<String, ShipmentRequested> shipment = topology.shipments().getFirst();
        assertThat(shipment.headers().toArray())
                .extracting(Header::key)
                .containsExactlyInAnyOrder(
                        "ce_specversion",
                        "ce_id",
                        "ce_type",
                        "ce_source",
                        "ce_time",
                        "ce_subject",
                        "content-type",
                        "traceparent");
        assertThat(header(shipment, "ce_type")).isEqualTo("io.eventpipeline.shipment.requested.v1");
        assertThat(header(shipment, "ce_source")).isEqualTo("/streams-service/shipments");
        assertThat(header(shipment, "ce_subject")).isEqualTo(ALICE);
        assertThat(header(shipment, "traceparent")).isEqualTo(TRACE);
        assertThat(shipment.getRecordTime()).isEqualTo(START.plusSeconds(2));
        assertThat(header(shipment, "ce_time")).isEqualTo(START.plusSeconds(2).toString());
    }

    @Test
    void givesTwoCopiesOfAnOrderOneIdAndTwoOrdersTwo() {
        topology.move(address(ALICE, "Torstraße 1"));
        topology.list(product(KETTLE, "Kettle"));

        topology.place(order("o-1", ALICE, KETTLE), "event-1");
        topology.advance(SECOND);
        topology.place(order("o-1", ALICE, KETTLE), "event-1");
        topology.place(order("o-2", ALICE, KETTLE), "event-2");

        assertThat(topology.shipments())
                .extracting(shipment -> header(shipment, "ce_id"))
                .satisfies(ids -> assertThat(ids.get(0)).isEqualTo(ids.get(1)))
                .satisfies(ids -> assertThat(ids.get(2)).isNotEqualTo(ids.get(1)));
    }

    @Test
    void givesACopyThatHadToWaitTheSameId() {
        topology.place(order("o-1", ALICE, KETTLE), "event-1");
        topology.move(address(ALICE, "Torstraße 1"));
        topology.list(product(KETTLE, "Kettle"));
        topology.advance(SECOND);
        topology.place(order("o-1", ALICE, KETTLE), "event-1");

        assertThat(topology.shipments())
                .extracting(shipment -> header(shipment, "ce_id"))
                .hasSize(2)
                .satisfies(ids -> assertThat(ids.get(0)).isEqualTo(ids.get(1)));
    }

    @Test
    void tellsOrdersOfAForeignProducerApartByTheirPosition() {
        topology.move(address(ALICE, "Torstraße 1"));
        topology.list(product(KETTLE, "Kettle"));

        topology.placeRaw(ALICE, json(order("o-1", ALICE, KETTLE)), new RecordHeaders());
        topology.placeRaw(ALICE, json(order("o-1", ALICE, KETTLE)), new RecordHeaders());

        assertThat(topology.shipments())
                .extracting(shipment -> header(shipment, "ce_id"))
                .doesNotHaveDuplicates()
                .hasSize(2);
    }

    @Test
    void joinsWithTheAddressThatWasKnownWhenTheOrderCame() {
        topology.list(product(KETTLE, "Kettle"));
        topology.move(address(ALICE, "Torstraße 1"));
        topology.place(order("o-1", ALICE, KETTLE));
        topology.move(address(ALICE, "Linienstraße 2"));
        topology.place(order("o-2", ALICE, KETTLE));

        assertThat(topology.shipments())
                .extracting(shipment -> shipment.value().address().street())
                .containsExactly("Torstraße 1", "Linienstraße 2");
    }

    @Test
    void keepsTheAddressThatWasFoundWhileTheProductIsAwaited() {
        topology.move(address(ALICE, "Torstraße 1"));
        topology.place(order("o-1", ALICE, KETTLE));
        topology.move(address(ALICE, "Linienstraße 2"));
        topology.list(product(KETTLE, "Kettle"));
        topology.advance(LOOKUP);

        assertThat(topology.shipments())
                .extracting(shipment -> shipment.value().address().street())
                .containsExactly("Torstraße 1");
    }

    @Test
    void keepsTheProductThatWasFoundWhileTheAddressIsAwaited() {
        topology.list(product(KETTLE, "Kettle"));
        topology.place(order("o-1", ALICE, KETTLE));
        topology.list(product(KETTLE, "Kettle, now blue"));
        topology.advance(SECOND);
        topology.move(address(ALICE, "Torstraße 1"));

        assertThat(topology.shipments())
                .extracting(shipment -> shipment.value().product().name())
                .containsExactly("Kettle");
    }

    @Test
    void releasesTheWaitingOrdersOfOneCustomerInTheirOrder() {
        topology.list(product(KETTLE, "Kettle"));
        for (int i = 1; i <= 12; i++) {
            topology.place(order("o-" + i, ALICE, KETTLE));
            topology.advance(Duration.ofMillis(i % 2));
        }
        topology.place(order("o-bob", BOB, KETTLE));
        topology.move(address(ALICE, "Torstraße 1"));

        assertThat(topology.shippedOrders())
                .containsExactly(
                        "o-1", "o-2", "o-3", "o-4", "o-5", "o-6", "o-7", "o-8", "o-9", "o-10",
                        "o-11", "o-12");
    }

    @Test
    void releasesByAProductOnlyTheOrdersThatAreComplete() {
        topology.move(address(ALICE, "Torstraße 1"));
        topology.place(order("o-1", ALICE, KETTLE));
        topology.place(order("o-2", BOB, KETTLE));
        topology.place(order("o-3", ALICE, TEAPOT));
        topology.list(product(KETTLE, "Kettle"));
        topology.advance(LOOKUP);
        assertThat(topology.shippedOrders()).containsExactly("o-1");

        topology.move(address(BOB, "Torstraße 7"));
        assertThat(topology.shippedOrders()).containsExactly("o-2");

        topology.list(product(TEAPOT, "Teapot"));
        topology.advance(LOOKUP);
        assertThat(topology.shippedOrders()).containsExactly("o-3");
        assertNothingWaits();
    }

    @Test
    void releasesMoreOrdersThanOnePunctuationTakes() {
        topology.move(address(ALICE, "Torstraße 1"));
        for (int i = 0; i < 45; i++) {
            topology.place(order("o-" + i, ALICE, KETTLE));
        }
        topology.list(product(KETTLE, "Kettle"));
        topology.lookUp(10);

        assertThat(Set.copyOf(topology.shippedOrders())).hasSize(45);
        assertNothingWaits();
    }

    @Test
    void findsAProductBehindManyThatStayUnknown() {
        topology.move(address(ALICE, "Torstraße 1"));
        for (int i = 0; i < 45; i++) {
            topology.place(order("o-" + i, ALICE, "sku-" + i));
        }
        topology.list(product("sku-9", "Last in sort order"));
        topology.lookUp(10);

        assertThat(topology.shippedOrders()).containsExactly("o-9");
    }

    @Test
    void doesNotMixUpSkusAndCustomersOfWhichOneBeginsLikeTheOther() {
        topology.place(order("o-1", "al", "ket"));
        topology.place(order("o-2", "alice", "kettle"));
        topology.list(product("ket", "Ket"));
        topology.move(address("al", "Torstraße 1"));
        topology.advance(LOOKUP);
        assertThat(topology.shippedOrders()).containsExactly("o-1");

        topology.list(product("kettle", "Kettle"));
        topology.move(address("alice", "Torstraße 2"));
        topology.advance(LOOKUP);
        assertThat(topology.shippedOrders()).containsExactly("o-2");
    }

    @Test
    void waitsForAnAddressThatWasDeleted() {
        topology.list(product(KETTLE, "Kettle"));
        topology.move(address(ALICE, "Torstraße 1"));
        topology.moveRaw(ALICE, null);
        topology.place(order("o-1", ALICE, KETTLE));
        assertThat(topology.shippedOrders()).isEmpty();

        topology.moveRaw(ALICE, null);
        topology.move(address(ALICE, "Linienstraße 2"));
        assertThat(topology.shippedOrders()).containsExactly("o-1");
    }

    @Test
    void waitsForAProductThatWasDeleted() {
        topology.move(address(ALICE, "Torstraße 1"));
        topology.list(product(KETTLE, "Kettle"));
        topology.listRaw(KETTLE, null);
        topology.place(order("o-1", ALICE, KETTLE));
        topology.advance(SECOND);
        assertThat(topology.shippedOrders()).isEmpty();

        topology.list(product(KETTLE, "Kettle"));
        topology.advance(LOOKUP);
        assertThat(topology.shippedOrders()).containsExactly("o-1");
    }

    @Test
    void takesAProductThatCannotBeReadForDeletedAndCountsIt() {
        topology.move(address(ALICE, "Torstraße 1"));
        topology.list(product(KETTLE, "Kettle"));
        topology.listRaw(KETTLE, new byte[] {'{'});
        topology.place(order("o-1", ALICE, KETTLE));
        topology.advance(SECOND);

        assertThat(topology.shippedOrders()).isEmpty();
        assertThat(
                        topology.registry
                                .counter(
                                        "pipeline.streams.dead-letters",
                                        "topic",
                                        topology.topics.name(PipelineTopic.PRODUCT_LISTED),
                                        "exception",
                                        "SerializationException")
                                .count())
                .isEqualTo(1);
        topology.list(product(KETTLE, "Kettle"));
        topology.advance(LOOKUP);
        assertThat(topology.shippedOrders()).containsExactly("o-1");
    }

    @Test
    void keepsWaitingOrdersOverARestart() {
        topology.place(order("o-1", ALICE, KETTLE));
        topology.move(address(ALICE, "Torstraße 1"));

        topology = topology.restartedAt(otherStateDir, START.plusSeconds(60));
        topology.list(product(KETTLE, "Kettle"));
        topology.advance(LOOKUP);

        assertThat(topology.shippedOrders()).containsExactly("o-1");
        assertNothingWaits();
    }

    @Test
    void countsOrdersByWhatHappensToThem() {
        topology.list(product(KETTLE, "Kettle"));
        topology.place(order("o-1", ALICE, KETTLE));
        topology.move(address(ALICE, "Torstraße 1"));
        topology.place(order("o-2", ALICE, KETTLE));

        assertThat(outcomes("waiting")).isEqualTo(1);
        assertThat(outcomes("released")).isEqualTo(1);
        assertThat(outcomes("joined")).isEqualTo(1);
        assertThat(outcomes("given-up")).isZero();
    }

    private double outcomes(String outcome) {
        return topology.registry.counter("pipeline.shipments.orders", "outcome", outcome).count();
    }

    private void assertNothingWaits() {
        for (String store : List.of(WaitingOrders.ORDERS_STORE, WaitingOrders.INDEX_STORE)) {
            try (var entries = topology.driver.getKeyValueStore(store).all()) {
                assertThat(entries.hasNext()).as(store + " has entries").isFalse();
            }
        }
    }

    private static byte[] json(io.eventpipeline.model.event.Event event) {
        return io.eventpipeline.model.json.EventJson.write(event);
    }
}
