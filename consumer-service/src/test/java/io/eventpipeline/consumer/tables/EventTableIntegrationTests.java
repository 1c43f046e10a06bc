package io.eventpipeline.consumer.tables;

import static io.eventpipeline.consumer.TestEvents.ALICE;
import static io.eventpipeline.consumer.TestEvents.MONDAY_NOON;
import static io.eventpipeline.consumer.TestEvents.measurement;
import static io.eventpipeline.consumer.TestEvents.order;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.eventpipeline.consumer.intake.Failure;
import io.eventpipeline.consumer.intake.FailureClassifier;
import io.eventpipeline.localcluster.SharedCluster;
import io.eventpipeline.model.commerce.Address;
import io.eventpipeline.model.commerce.CustomerId;
import io.eventpipeline.model.commerce.OrderId;
import io.eventpipeline.model.commerce.OrderPlaced;
import io.eventpipeline.model.commerce.Product;
import io.eventpipeline.model.commerce.ShipmentRequested;
import io.eventpipeline.model.commerce.Sku;
import io.eventpipeline.model.event.Event;
import io.eventpipeline.model.event.EventIdentity;
import io.eventpipeline.model.ops.ServerMeasured;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * Both ways of writing give the same rows, to the last digit and sign, and refuse the same. On a
 * real database.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EventTableIntegrationTests {

    private static final Currency EUR = Currency.getInstance("EUR");

    private final JdbcTemplate database = database();
    private final OrderTable orders = new OrderTable(database);
    private final ShipmentTable shipments = new ShipmentTable(database);
    private final MeasurementTable measurements = new MeasurementTable(database);

    private static JdbcTemplate database() {
        return new JdbcTemplate(
                new SingleConnectionDataSource(
                        SharedCluster.newDatabase(),
                        SharedCluster.postgres().username(),
                        SharedCluster.postgres().password(),
                        true));
    }

    @BeforeAll
    void makeTables() {
        Flyway.configure().dataSource(database.getDataSource()).load().migrate();
    }

    @BeforeEach
    void clear() {
        database.execute("TRUNCATE orders, shipments, measurements");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "tab\tline\nreturn\rbackslash\\end",
                "\\N",
                "\\.",
                "quotes ' \" , and { braces }",
                "Größe – 漢字 – 🚚",
                "a half of a pair: \ud83d.",
                "\b\f\u0001\u007f\u0085\u2028"
            })
    void writesTextsAsTheyAre(String text) {
        assertSameRows(shipments, List.of(shipment(text, "1")), "shipments");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "0.00",
                "0.0001",
                "37.50",
                "-37.50",
                "9999",
                "10000",
                "100000000",
                "100000001.00000001",
                "999999999999999.9999",
                "1E+3",
                "12E-7",
                "1E+100",
                "0.00000000000000000000000000000000000000000000000001",
                "1234567890123456789012345678901234567890.0987654321098765432109876543210"
            })
    void writesMoneyToTheLastDigit(String amount) {
        assertSameRows(shipments, List.of(shipment("coffee", amount)), "shipments");

        assertThat(shipments.findNewest(null, 1).getFirst().event().amount())
                .isEqualByComparingTo(amount);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-11-02T12:00:00.123456789Z",
                "2026-11-02T12:00:00Z",
                "1969-12-31T23:59:59.999999999Z",
                "0001-01-01T00:00:00.000000001Z",
                "9999-12-31T23:59:59.999999999Z"
            })
    void writesTimesToTheNanosecond(Instant placedAt) {
        assertSameRows(orders, List.of(orderAt("o-1", placedAt)), "orders");

        assertThat(orders.findById(new OrderId("o-1")).orElseThrow().event().placedAt())
                .isEqualTo(placedAt);
    }

    @Test
    void writesFractionsToTheLastBit() {
        List<EventRow<ServerMeasured>> rows =
                List.of(
                        row("m-1", measurement("node-1", 0.1 + 0.2, MONDAY_NOON)),
                        row("m-2", measurement("node-1", Double.MIN_VALUE, MONDAY_NOON)),
                        row("m-3", measurement("node-1", Math.nextDown(1.0), MONDAY_NOON)),
                        row("m-4", measurement("node-1", 0.0, MONDAY_NOON)));

        assertSameRows(measurements, rows, "measurements");
    }

    @Test
    void writesManyRowsInTheirOrder() {
        List<EventRow<OrderPlaced>> rows =
                IntStream.range(0, 5_000)
                        .mapToObj(i -> row("o-" + i, order("o-" + i, ALICE)))
                        .toList();

        assertSameRows(orders, rows, "orders");

        assertThat(
                        database.queryForList(
                                "SELECT order_id FROM orders ORDER BY stored_seq", String.class))
                .isEqualTo(rows.stream().map(row -> row.event().orderId().value()).toList());
    }

    @Test
    void copiesAllOrNothingWhereARowCollides() {
        EventRow<OrderPlaced> stored = row("e-1", order("o-1", ALICE));
        orders.copy(List.of(stored));

        for (EventRow<OrderPlaced> colliding :
                List.of(stored, row("e-1", order("o-2", ALICE)), row("e-2", order("o-1", ALICE)))) {
            assertThatExceptionOfType(DuplicateKeyException.class)
                    .isThrownBy(
                            () -> orders.copy(List.of(row("e-3", order("o-3", ALICE)), colliding)));
        }
        EventRow<OrderPlaced> twice = row("e-4", order("o-4", ALICE));
        assertThatExceptionOfType(DuplicateKeyException.class)
                .isThrownBy(() -> orders.copy(List.of(twice, twice)));

        assertThat(count("orders")).isEqualTo(1);
        orders.insert(List.of(row("e-3", order("o-3", ALICE)), stored, twice, twice));
        assertThat(count("orders")).isEqualTo(3);
    }

    @Test
    void refusesTheSameInBothWays() {
        List<EventRow<ShipmentRequested>> zero = List.of(shipment("zero: \u0000", "1"));
        List<EventRow<ShipmentRequested>> tooLarge = List.of(shipment("large", "1E+200000"));
        List<EventRow<ShipmentRequested>> tooFine = List.of(shipment("fine", "1E-2000000000"));
        List<EventRow<OrderPlaced>> tooLate =
                List.of(orderAt("late", Instant.parse("+400000-01-01T00:00:00Z")));
        List<EventRow<OrderPlaced>> beforeChrist =
                List.of(orderAt("early", Instant.parse("-0044-03-15T00:00:00Z")));

        assertRefused(shipments, zero);
        assertRefused(shipments, tooLarge);
        assertRefused(shipments, tooFine);
        assertRefused(orders, tooLate);
        assertRefused(orders, beforeChrist);
    }

    private <E extends Event> void assertRefused(EventTable<E> table, List<EventRow<E>> rows) {
        for (Runnable way : List.<Runnable>of(() -> table.insert(rows), () -> table.copy(rows))) {
            assertThatExceptionOfType(DataAccessException.class)
                    .isThrownBy(way::run)
                    .satisfies(refusal ->
                            assertThat(FailureClassifier.classify(refusal))
                                    .isEqualTo(Failure.POISON));
        }
        // The connection is as good as before.
        assertThat(count("orders") + count("shipments")).isZero();
    }

    private <E extends Event> void assertSameRows(
            EventTable<E> table, List<EventRow<E>> rows, String name) {
        assertThat(table.insert(rows)).isEqualTo(rows);
        List<Map<String, Object>> inserted = rowsOf(name);
        clear();

        table.copy(rows);

        assertThat(rowsOf(name)).hasSize(rows.size()).isEqualTo(inserted);
    }

    /** As PostgreSQL writes them, without what differs with each insert. */
    private List<Map<String, Object>> rowsOf(String table) {
        List<Map<String, Object>> rows =
                new ArrayList<>(
                        database.queryForList(
                                "SELECT to_jsonb(t) - 'stored_at' - 'stored_seq' AS row FROM %s t"
                                                .formatted(table)
                                        + " ORDER BY stored_seq"));
        rows.replaceAll(row -> Map.of("row", String.valueOf(row.get("row"))));
        return rows;
    }

    private int count(String table) {
        return rowsOf(table).size();
    }

    private static <E extends Event> EventRow<E> row(String id, E event) {
        return new EventRow<>(new EventIdentity("/test", id), event, 3, 1L << 40);
    }

    private static EventRow<OrderPlaced> orderAt(String id, Instant placedAt) {
        return row(
                id,
                new OrderPlaced(
                        new OrderId(id),
                        ALICE,
                        new Sku("espresso-1kg"),
                        1,
                        BigDecimal.ONE,
                        EUR,
                        placedAt));
    }

    private static EventRow<ShipmentRequested> shipment(String street, String amount) {
        return row(
                "s-1",
                new ShipmentRequested(
                        new OrderId("o-1"),
                        new CustomerId("alice"),
                        new Sku("espresso-1kg"),
                        Integer.MAX_VALUE,
                        new BigDecimal(amount),
                        EUR,
                        MONDAY_NOON,
                        new Address(street, "Hamburg", "20457", "DE"),
                        new Product("Espresso", "coffee", new BigDecimal(amount), EUR)));
    }
}
