package io.eventpipeline.consumer.tables;

import io.eventpipeline.model.commerce.CustomerId;
import io.eventpipeline.model.commerce.OrderId;
import io.eventpipeline.model.commerce.PaymentCaptured;
import io.eventpipeline.model.commerce.PaymentId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Currency;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** The table {@code payments}: unique by identity and by payment id. */
@Component
public final class PaymentTable extends EventTable<PaymentCaptured> {

    private static final Column<PaymentCaptured> PAYMENT_ID =
            Column.text("payment_id", payment -> payment.paymentId().value());

    PaymentTable(JdbcTemplate jdbc) {
        super(
                PaymentCaptured.class,
                "payments",
                jdbc,
                Stream.of(
                        PAYMENT_ID,
                        Column.text("order_id", payment -> payment.orderId().value()),
                        Column.text("customer", payment -> payment.customer().value()),
                        Column.money("amount", PaymentCaptured::amount),
                        Column.text("currency", payment -> payment.currency().getCurrencyCode())),
                Column.time("captured_at", PaymentCaptured::capturedAt));
    }

    @Override
    Optional<Column<PaymentCaptured>> businessId() {
        return Optional.of(PAYMENT_ID);
    }

    @Override
    PaymentCaptured read(ResultSet row) throws SQLException {
        return new PaymentCaptured(
                new PaymentId(row.getString("payment_id")),
                new OrderId(row.getString("order_id")),
                new CustomerId(row.getString("customer")),
                money(row, "amount"),
                Currency.getInstance(row.getString("currency")),
                time(row, "captured_at"));
    }
}
