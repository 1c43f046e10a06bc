package io.eventpipeline.streams.shipments;

import static io.eventpipeline.model.topic.PipelineTopic.ADDRESS_CHANGED;
import static io.eventpipeline.model.topic.PipelineTopic.ORDER_PLACED;
import static io.eventpipeline.streams.shipments.ShipmentsTopologyFixture.ALICE;
import static io.eventpipeline.streams.shipments.ShipmentsTopologyFixture.BOB;
import static io.eventpipeline.streams.shipments.ShipmentsTopologyFixture.CATCH_UP;
import static io.eventpipeline.streams.shipments.ShipmentsTopologyFixture.KETTLE;
import static io.eventpipeline.streams.shipments.ShipmentsTopologyFixture.LIMIT;
import static io.eventpipeline.streams.shipments.ShipmentsTopologyFixture.LOOKUP;
import static io.eventpipeline.streams.shipments.ShipmentsTopologyFixture.START;
import static io.eventpipeline.streams.shipments.ShipmentsTopologyFixture.address;
import static io.eventpipeline.streams.shipments.ShipmentsTopologyFixture.header;
import static io.eventpipeline.streams.shipments.ShipmentsTopologyFixture.headers;
import static io.eventpipeline.streams.shipments.ShipmentsTopologyFixture.order;
import static io.eventpipeline.streams.shipments.ShipmentsTopologyFixture.product;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.eventpipeline.model.json.EventJson;
import java.nio.file.Path;
import java.util.List;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What cannot become a shipment becomes a letter with the reason, and stops nobody else. */
class ShipmentsDeadLetterTests {

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

    @Test
    void writesALetterOfAnOrderThatIsNoJson() {
        byte[] value = "{\"orderId\":".getBytes(UTF_8);
        Headers headers = headers(order("o-1", ALICE, KETTLE), "event-1");
        topology.placeRaw(ALICE, value, headers);

        TestRecord<String, byte[]> letter = onlyLetterAfterwardsOthersStillShip();
        assertThat(letter.key()).isEqualTo(ALICE);
        assertThat(letter.value()).isEqualTo(value);
        assertThat(letter.getRecordTime()).isEqualTo(START);
        assertThat(header(letter, "ce_id")).isEqualTo("event-1");
        assertThat(header(letter, "__streams.errors.exception"))
                .isEqualTo("org.apache.kafka.common.errors.SerializationException");
        assertThat(header(letter, "__streams.errors.topic")).isEqualTo("commerce.order.dev.placed");
        assertThat(header(letter, "__streams.errors.partition")).isEqualTo("0");
        assertThat(header(letter, "__streams.errors.offset")).isEqualTo("0");
    }

    @Test
    void namesTheFieldsOfAnInvalidOrderAndNotItsValues() {
        String json =
                new String(EventJson.write(order("o-1", ALICE, KETTLE)), UTF_8)
                        .replace("\"quantity\":2", "\"quantity\":-77")
                        .replace("\"EUR\"", "\"XXL-SECRET\"");
        topology.placeRaw(ALICE, json.getBytes(UTF_8), new RecordHeaders());

        TestRecord<String, byte[]> letter = onlyLetterAfterwardsOthersStillShip();
        assertThat(header(letter, "__streams.errors.message"))
                .contains("/quantity", "/currency")
                .doesNotContain("77", "SECRET");
        assertThat(header(letter, "__streams.errors.stacktrace")).doesNotContain("SECRET");
    }

    @Test
    void writesALetterOfAnEventOfAnotherType() {
        Headers headers = headers(address(ALICE, "Torstraße 1"), "event-1");
        topology.placeRaw(ALICE, EventJson.write(order("o-1", ALICE, KETTLE)), headers);

        assertThat(header(onlyLetterAfterwardsOthersStillShip(), "__streams.errors.message"))
                .contains("io.eventpipeline.order.placed.v1");
    }

    @Test
    void writesLettersOfOrdersWithoutValueOrKeyOrUnderAnotherKey() {
        topology.placeRaw(ALICE, null, new RecordHeaders());
        topology.placeRaw(null, EventJson.write(order("o-1", ALICE, KETTLE)), new RecordHeaders());
        topology.placeRaw(BOB, EventJson.write(order("o-1", ALICE, KETTLE)), new RecordHeaders());

        List<TestRecord<String, byte[]>> letters = topology.letters(ORDER_PLACED);
        assertThat(letters)
                .extracting(letter -> header(letter, "__streams.errors.message"))
                .containsExactly(
                        "The record has no value",
                        "The record has no key",
                        "The record's key is not that of its event");
        assertThat(letters).extracting(TestRecord::key).containsExactly(ALICE, null, BOB);
        assertThat(letters.get(0).value()).isNull();
        assertThat(letters.get(2).value()).isEqualTo(EventJson.write(order("o-1", ALICE, KETTLE)));
        assertThat(counted("RefusedRecordException")).isEqualTo(3);
    }

    @Test
    void writesALetterOfABadAddressAndKeepsTheGoodOne() {
        topology.move(address(ALICE, "Torstraße 1"));
        topology.moveRaw(ALICE, "nonsense".getBytes(UTF_8));
        topology.moveRaw(ALICE, EventJson.write(address(BOB, "Torstraße 7")));
        topology.moveRaw(null, null);

        topology.list(product(KETTLE, "Kettle"));
        topology.place(order("o-1", ALICE, KETTLE));
        assertThat(topology.letters(ADDRESS_CHANGED)).hasSize(3);
        assertThat(topology.shipments())
                .extracting(shipment -> shipment.value().address().street())
                .containsExactly("Torstraße 1");
    }

    @Test
    void replacesTheReasonOfAnEarlierLetterThatWasDrivenAgain() {
        Headers headers = new RecordHeaders();
        headers.add("__streams.errors.message", "an older reason".getBytes(UTF_8));
        headers.add("__streams.errors.offset", "4711".getBytes(UTF_8));
        topology.placeRaw(ALICE, null, headers);

        TestRecord<String, byte[]> letter = topology.letters(ORDER_PLACED).getFirst();
        assertThat(letter.headers().headers("__streams.errors.message")).hasSize(1);
        assertThat(header(letter, "__streams.errors.message")).isEqualTo("The record has no value");
        assertThat(header(letter, "__streams.errors.offset")).isEqualTo("0");
    }

    @Test
    @DisplayName("E1 branching by value: shipments to one topic, what is given up to another")
    void givesAnOrderUpWhenItsAddressDidNotComeWithinTheLimit() {
        topology.list(product(KETTLE, "Kettle"));
        byte[] value =
                new String(EventJson.write(order("o-1", ALICE, KETTLE)), UTF_8)
                        .replace("{", "{\"fieldOfANewerProducer\":1,")
                        .getBytes(UTF_8);
        Headers headers = headers(order("o-1", ALICE, KETTLE), "event-1");
        headers.add("x-client", new byte[] {1, 2});
        topology.placeRaw(ALICE, value, headers);

        topology.advance(LIMIT.minus(LOOKUP));
        assertThat(topology.letters(ORDER_PLACED)).isEmpty();

        topology.advance(LOOKUP);
        TestRecord<String, byte[]> letter = topology.letters(ORDER_PLACED).getFirst();
        assertThat(letter.key()).isEqualTo(ALICE);
        assertThat(letter.value()).isEqualTo(value);
        assertThat(letter.getRecordTime()).isEqualTo(START);
        assertThat(letter.headers().lastHeader("x-client").value()).containsExactly(1, 2);
        assertThat(header(letter, "ce_id")).isEqualTo("event-1");
        assertThat(header(letter, "__streams.errors.exception"))
                .isEqualTo(WaitingLimitExceededException.class.getName());
        assertThat(header(letter, "__streams.errors.message"))
                .isEqualTo("The order waited PT24H for its customer's address");
        assertThat(header(letter, "__streams.errors.topic")).isEqualTo("commerce.order.dev.placed");
        assertThat(header(letter, "__streams.errors.partition")).isEqualTo("0");
        assertThat(header(letter, "__streams.errors.offset")).isEqualTo("0");

        topology.move(address(ALICE, "Torstraße 1"));
        topology.advance(LIMIT);
        assertThat(topology.shipments()).isEmpty();
        assertThat(topology.letters(ORDER_PLACED)).isEmpty();
    }

    @Test
    void saysWhichPartsWereMissing() {
        topology.move(address(BOB, "Torstraße 7"));
        topology.place(order("o-1", ALICE, KETTLE));
        topology.place(order("o-2", BOB, KETTLE));
        topology.advance(LIMIT);

        assertThat(topology.letters(ORDER_PLACED))
                .extracting(letter -> header(letter, "__streams.errors.message"))
                .containsExactlyInAnyOrder(
                        "The order waited PT24H for its customer's address and its product",
                        "The order waited PT24H for its product");
    }

    @Test
    void givesNoOrderUpBeforeWhatCameDuringADowntimeIsRead() {
        topology.list(product(KETTLE, "Kettle"));
        topology.place(order("o-1", ALICE, KETTLE));

        topology = topology.restartedAt(otherStateDir, START.plus(LIMIT).plusSeconds(3600));
        topology.advance(LOOKUP);
        topology.move(address(ALICE, "Torstraße 1"));
        topology.advance(CATCH_UP);

        assertThat(topology.shippedOrders()).containsExactly("o-1");
        assertThat(topology.letters(ORDER_PLACED)).isEmpty();
    }

    private TestRecord<String, byte[]> onlyLetterAfterwardsOthersStillShip() {
        topology.move(address(BOB, "Torstraße 7"));
        topology.list(product(KETTLE, "Kettle"));
        topology.place(order("o-good", BOB, KETTLE));
        assertThat(topology.shippedOrders()).containsExactly("o-good");
        List<TestRecord<String, byte[]>> letters = topology.letters(ORDER_PLACED);
        assertThat(letters).hasSize(1);
        return letters.getFirst();
    }

    private double counted(@Nullable String exception) {
        return topology.registry
                .counter(
                        "pipeline.streams.dead-letters",
                        "topic",
                        topology.topics.name(ORDER_PLACED),
                        "exception",
                        String.valueOf(exception))
                .count();
    }
}
