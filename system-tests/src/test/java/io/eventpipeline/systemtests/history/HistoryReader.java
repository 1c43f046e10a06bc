package io.eventpipeline.systemtests.history;

import static java.util.stream.Collectors.toMap;

import io.eventpipeline.model.commerce.Address;
import io.eventpipeline.model.commerce.AddressChanged;
import io.eventpipeline.model.commerce.CustomerId;
import io.eventpipeline.model.commerce.OrderId;
import io.eventpipeline.model.commerce.OrderPlaced;
import io.eventpipeline.model.commerce.Product;
import io.eventpipeline.model.commerce.ProductListed;
import io.eventpipeline.model.commerce.ShipmentRequested;
import io.eventpipeline.model.commerce.Sku;
import io.eventpipeline.model.event.Event;
import io.eventpipeline.model.topic.PipelineTopic;
import io.eventpipeline.systemtests.load.OrderPlan;
import io.eventpipeline.systemtests.load.SentOrder;
import io.eventpipeline.systemtests.services.RunningPipeline;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Takes the history of a run from its topics and tables, when all is quiet. */
public final class HistoryReader {

    private HistoryReader() {}

    /**
     * Reads the history.
     *
     * @param plan what was announced before the orders
     * @param acknowledged the orders that were answered 200
     * @param zombieWritesRefused what the frozen instances said
     */
    public static History read(
            RunningPipeline pipeline,
            OrderPlan plan,
            List<SentOrder> acknowledged,
            long zombieWritesRefused)
            throws SQLException {
        Map<CustomerId, Address> addresses =
                plan.addresses().stream()
                        .collect(toMap(AddressChanged::customer, AddressChanged::address));
        Map<Sku, Product> products =
                plan.products().stream().collect(toMap(ProductListed::sku, ProductListed::product));
        try (Connection connection = pipeline.connect();
                TopicReader reader = new TopicReader(pipeline.kafka().bootstrapServers())) {
            Leg orders =
                    leg(
                            connection,
                            reader,
                            "orders",
                            pipeline.topics().name(PipelineTopic.ORDER_PLACED),
                            HistoryReader::order,
                            SentOrder::order);
            Leg shipments =
                    leg(
                            connection,
                            reader,
                            "shipments",
                            pipeline.topics().name(PipelineTopic.SHIPMENT_REQUESTED),
                            HistoryReader::shipment,
                            sent -> shipment(sent.order(), addresses, products));
            return new History(
                    acknowledged,
                    orders,
                    shipments,
                    ChangeLog.offsetMoves(connection),
                    storedOffsets(connection),
                    reader.deadLetters(pipeline.topics()),
                    zombieWritesRefused);
        }
    }

    private static ShipmentRequested shipment(
            OrderPlaced order, Map<CustomerId, Address> addresses, Map<Sku, Product> products) {
        Address address = addresses.get(order.customer());
        Product product = products.get(order.sku());
        if (address == null || product == null) {
            throw new IllegalArgumentException("the plan never announced " + order);
        }
        return ShipmentRequested.of(order, address, product);
    }

    private static Leg leg(
            Connection connection,
            TopicReader reader,
            String table,
            String topic,
            RowReader rowReader,
            Function<SentOrder, Event> expected)
            throws SQLException {
        List<StoredRow> rows = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT * FROM " + table)) {
            while (row.next()) {
                rows.add(
                        new StoredRow(
                                row.getString("order_id"),
                                row.getString("event_id"),
                                rowReader.read(row)));
            }
        }
        return new Leg(
                table,
                topic,
                reader.read(topic),
                reader.endOffsets(topic),
                rows,
                ChangeLog.rowChanges(connection, table),
                expected);
    }

    private static List<StoredOffset> storedOffsets(Connection connection) throws SQLException {
        List<StoredOffset> offsets = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT * FROM consumer_offset")) {
            while (row.next()) {
                offsets.add(
                        new StoredOffset(
                                row.getString("group_id"),
                                row.getString("topic"),
                                row.getInt("partition"),
                                row.getLong("next_offset"),
                                row.getLong("repeats_dropped")));
            }
        }
        return offsets;
    }

    /** What a row of the table of orders says. */
    public static OrderPlaced order(ResultSet row) throws SQLException {
        return new OrderPlaced(
                new OrderId(row.getString("order_id")),
                new CustomerId(row.getString("customer")),
                new Sku(row.getString("sku")),
                row.getInt("quantity"),
                row.getBigDecimal("amount"),
                Currency.getInstance(row.getString("currency")),
                row.getObject("placed_at", OffsetDateTime.class)
                        .toInstant()
                        .plusNanos(row.getInt("placed_at_nanos")));
    }

    private static ShipmentRequested shipment(ResultSet row) throws SQLException {
        return ShipmentRequested.of(
                order(row),
                new Address(
                        row.getString("address_street"),
                        row.getString("address_city"),
                        row.getString("address_postal_code"),
                        row.getString("address_country")),
                new Product(
                        row.getString("product_name"),
                        row.getString("product_category"),
                        row.getBigDecimal("product_price"),
                        Currency.getInstance(row.getString("product_currency"))));
    }

    @FunctionalInterface
    private interface RowReader {

        Event read(ResultSet row) throws SQLException;
    }
}
