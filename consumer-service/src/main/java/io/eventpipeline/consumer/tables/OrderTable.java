package io.eventpipeline.consumer.tables;

import io.eventpipeline.model.commerce.CustomerId;
import io.eventpipeline.model.commerce.OrderId;
import io.eventpipeline.model.commerce.OrderPlaced;
import io.eventpipeline.model.commerce.Sku;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** The table {@code orders}: unique by identity and by order id. */
@Component
public final class OrderTable extends EventTable<OrderPlaced> {

    private static final Column<OrderPlaced> ORDER_ID =
            Column.text("order_id", order -> order.orderId().value());

    OrderTable(JdbcTemplate jdbc) {
        super(
                OrderPlaced.class,
                "orders",
                jdbc,
                Stream.of(
                        ORDER_ID,
                        Column.text("customer", order -> order.customer().value()),
                        Column.text("sku", order -> order.sku().value()),
                        Column.integer("quantity", OrderPlaced::quantity),
                        Column.money("amount", OrderPlaced::amount),
                        Column.text("currency", order -> order.currency().getCurrencyCode())),
                Column.time("placed_at", OrderPlaced::placedAt));
    }

    /** Finds the order with that id. */
    public Optional<StoredEvent<OrderPlaced>> findById(OrderId orderId) {
        return find("WHERE order_id = ?", List.of(orderId.value())).stream().findFirst();
    }

    @Override
    Optional<Column<OrderPlaced>> businessId() {
        return Optional.of(ORDER_ID);
    }

    @Override
    OrderPlaced read(ResultSet row) throws SQLException {
        return new OrderPlaced(
                new OrderId(row.getString("order_id")),
                new CustomerId(row.getString("customer")),
                new Sku(row.getString("sku")),
                row.getInt("quantity"),
                money(row, "amount"),
                Currency.getInstance(row.getString("currency")),
                time(row, "placed_at"));
    }
}
