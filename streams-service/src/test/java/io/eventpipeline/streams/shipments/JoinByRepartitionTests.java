package io.eventpipeline.streams.shipments;

import static io.eventpipeline.model.topic.PipelineTopic.ORDER_PLACED;
import static io.eventpipeline.model.topic.PipelineTopic.PRODUCT_LISTED;
import static io.eventpipeline.streams.shipments.ShipmentsTopologyFixture.ALICE;
import static io.eventpipeline.streams.shipments.ShipmentsTopologyFixture.BOB;
import static io.eventpipeline.streams.shipments.ShipmentsTopologyFixture.KETTLE;
import static io.eventpipeline.streams.shipments.ShipmentsTopologyFixture.LIMIT;
import static io.eventpipeline.streams.shipments.ShipmentsTopologyFixture.START;
import static io.eventpipeline.streams.shipments.ShipmentsTopologyFixture.TEAPOT;
import static io.eventpipeline.streams.shipments.ShipmentsTopologyFixture.address;
import static io.eventpipeline.streams.shipments.ShipmentsTopologyFixture.header;
import static io.eventpipeline.streams.shipments.ShipmentsTopologyFixture.order;
import static io.eventpipeline.streams.shipments.ShipmentsTopologyFixture.product;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.eventpipeline.model.commerce.ShipmentRequested;
import io.eventpipeline.streams.shipments.ShipmentsProperties.ProductJoin;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The order goes to its product and comes to the same outcome. */
@DisplayName("E3 the repartition alternative")
class JoinByRepartitionTests {

    @TempDir private Path stateDir;
    private ShipmentsTopologyFixture topology;

    @SuppressWarnings("NullAway.Init") // JUnit opens it first.
    JoinByRepartitionTests() {}

    @BeforeEach
    void open() {
        topology = new ShipmentsTopologyFixture(stateDir, ProductJoin.REPARTITION);
    }

    @AfterEach
    void close() {
        topology.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"OAP", "OPA", "AOP", "APO", "POA", "PAO"})
    void joinsAnOrderInWhateverOrderItsPartsComeAndAtOnce(String arrival) {
        arrival.chars()
                .forEach(part -> {
                    topology.advance(Duration.ofMillis(1));
                    switch (part) {
                        case 'O' -> topology.place(order("o-1", ALICE, KETTLE), "event-1");
                        case 'A' -> topology.move(address(ALICE, "Torstraße 1"));
                        default -> topology.list(product(KETTLE, "Kettle"));
                    }
                });

        List<TestRecord<String, ShipmentRequested>> shipments = topology.shipments();
        assertThat(shipments).hasSize(1);
        assertThat(shipments.getFirst().key()).isEqualTo(ALICE);
        assertThat(shipments.getFirst().getRecordTime()).isEqualTo(START.plusMillis(3));
        assertThat(shipments.getFirst().headers().headers("ce_id")).hasSize(1);
        assertThat(header(shipments.getFirst(), "ce_source"))
                .isEqualTo("/streams-service/shipments");
        assertThat(shipments.getFirst().value())
                .isEqualTo(
                        ShipmentRequested.of(
                                order("o-1", ALICE, KETTLE),
                                address(ALICE, "Torstraße 1").address(),
                                product(KETTLE, "Kettle").product()));
    }

    @Test
    void keepsTheAddressThatWasFoundWhileTheProductIsAwaited() {
        topology.move(address(ALICE, "Torstraße 1"));
        topology.place(order("o-1", ALICE, KETTLE));
        topology.move(address(ALICE, "Torstraße 2"));
        topology.list(product(KETTLE, "Kettle"));

        assertThat(topology.shipments())
                .extracting(shipment -> shipment.value().address().street())
                .containsExactly("Torstraße 1");
    }

    @Test
    void releasesByAProductOnlyTheOrdersThatWaitForIt() {
        topology.move(address(ALICE, "Torstraße 1"));
        topology.move(address(BOB, "Torstraße 7"));
        topology.place(order("o-1", ALICE, KETTLE));
        topology.place(order("o-2", BOB, TEAPOT));
        topology.place(order("o-3", BOB, KETTLE));

        topology.list(product(KETTLE, "Kettle"));
        assertThat(topology.shippedOrders()).containsExactlyInAnyOrder("o-1", "o-3");
        topology.list(product(TEAPOT, "Teapot"));
        assertThat(topology.shippedOrders()).containsExactly("o-2");
    }

    @Test
    void givesAnOrderUpAfterTheLimitWhereverItWaits() {
        topology.move(address(BOB, "Torstraße 7"));
        topology.place(order("o-1", ALICE, KETTLE), "event-1");
        topology.place(order("o-2", BOB, KETTLE), "event-2");
        topology.advance(LIMIT);

        List<TestRecord<String, byte[]>> letters = topology.letters(ORDER_PLACED);
        assertThat(letters)
                .extracting(letter -> header(letter, "ce_id"))
                .containsExactlyInAnyOrder("event-1", "event-2");
        assertThat(letters)
                .extracting(letter -> header(letter, "__streams.errors.topic"))
                .containsOnly("commerce.order.dev.placed");
        topology.move(address(ALICE, "Torstraße 1"));
        topology.list(product(KETTLE, "Kettle"));
        assertThat(topology.shipments()).isEmpty();
    }

    @Test
    void writesALetterOfABadProductAndKeepsTheGoodOne() {
        topology.list(product(KETTLE, "Kettle"));
        topology.listRaw(KETTLE, "{oops".getBytes(UTF_8));
        topology.move(address(ALICE, "Torstraße 1"));
        topology.place(order("o-1", ALICE, KETTLE));

        assertThat(topology.letters(PRODUCT_LISTED)).hasSize(1);
        assertThat(topology.shippedOrders()).containsExactly("o-1");
    }
}
