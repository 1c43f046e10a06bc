package io.eventpipeline.consumer.tables;

import io.eventpipeline.model.commerce.Address;
import io.eventpipeline.model.commerce.CustomerId;
import io.eventpipeline.model.commerce.OrderId;
import io.eventpipeline.model.commerce.Product;
import io.eventpipeline.model.commerce.ShipmentRequested;
import io.eventpipeline.model.commerce.Sku;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** The table {@code shipments}: unique by identity and by order id. */
@Component
public final class ShipmentTable extends EventTable<ShipmentRequested> {

    private static final Column<ShipmentRequested> ORDER_ID =
            Column.text("order_id", shipment -> shipment.orderId().value());

    ShipmentTable(JdbcTemplate jdbc) {
        super(
                ShipmentRequested.class,
                "shipments",
                jdbc,
                Stream.of(
                        ORDER_ID,
                        Column.text("customer", shipment -> shipment.customer().value()),
                        Column.text("sku", shipment -> shipment.sku().value()),
                        Column.integer("quantity", ShipmentRequested::quantity),
                        Column.money("amount", ShipmentRequested::amount),
                        Column.text("currency", shipment -> shipment.currency().getCurrencyCode())),
                Column.time("placed_at", ShipmentRequested::placedAt),
                Stream.of(
                        Column.text("address_street", shipment -> shipment.address().street()),
                        Column.text("address_city", shipment -> shipment.address().city()),
                        Column.text(
                                "address_postal_code", shipment -> shipment.address().postalCode()),
                        Column.text("address_country", shipment -> shipment.address().country()),
                        Column.text("product_name", shipment -> shipment.product().name()),
                        Column.text("product_category", shipment -> shipment.product().category()),
                        Column.money("product_price", shipment -> shipment.product().price()),
                        Column.text(
                                "product_currency",
                                shipment -> shipment.product().currency().getCurrencyCode())));
    }

    /** Finds the shipment of that order. */
    public Optional<StoredEvent<ShipmentRequested>> findById(OrderId orderId) {
        return find("WHERE order_id = ?", List.of(orderId.value())).stream().findFirst();
    }

    /**
     * Finds shipments, those stored last first.
     *
     * @param customer whose; anybody's if absent
     * @param limit how many at most
     */
    public List<StoredEvent<ShipmentRequested>> findNewest(
            @Nullable CustomerId customer, int limit) {
        return customer == null
                ? find("ORDER BY stored_seq DESC LIMIT ?", List.of(limit))
                : find(
                        "WHERE customer = ? ORDER BY stored_seq DESC LIMIT ?",
                        List.of(customer.value(), limit));
    }

    @Override
    Optional<Column<ShipmentRequested>> businessId() {
        return Optional.of(ORDER_ID);
    }

    @Override
    ShipmentRequested read(ResultSet row) throws SQLException {
        return new ShipmentRequested(
                new OrderId(row.getString("order_id")),
                new CustomerId(row.getString("customer")),
                new Sku(row.getString("sku")),
                row.getInt("quantity"),
                money(row, "amount"),
                Currency.getInstance(row.getString("currency")),
                time(row, "placed_at"),
                new Address(
                        row.getString("address_street"),
                        row.getString("address_city"),
                        row.getString("address_postal_code"),
                        row.getString("address_country")),
                new Product(
                        row.getString("product_name"),
                        row.getString("product_category"),
                        money(row, "product_price"),
                        Currency.getInstance(row.getString("product_currency"))));
    }
}
