package io.eventpipeline.model.commerce;

import io.eventpipeline.model.event.EventType;
import jakarta.validation.constraints.Digits;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Positive;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Currency;

/**
 * Money for an order was taken. Written by producer-service, keyed by customer, so that it shares
 * the partition of its order.
 *
 * @param paymentId the business id; the same id with other content is refused by the tables
 * @param orderId the order that was paid
 * @param customer who paid, the record key
 * @param amount what was taken in {@code currency}
 * @param currency ISO 4217 code of {@code amount}
 * @param capturedAt when it was taken, the event's own time
 */
@EventType("io.eventpipeline.payment.captured.v1")
public record PaymentCaptured(
        @NotNull PaymentId paymentId,
        @NotNull OrderId orderId,
        @NotNull CustomerId customer,
        @NotNull @Positive @Digits(integer = 15, fraction = 4) BigDecimal amount,
        @NotNull Currency currency,
        @NotNull Instant capturedAt)
        implements CommerceEvent {

    @Override
    public String key() {
        return customer.value();
    }
}
