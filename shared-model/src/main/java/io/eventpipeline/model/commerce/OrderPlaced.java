package io.eventpipeline.model.commerce;

import io.eventpipeline.model.event.EventType;
import jakarta.validation.constraints.Digits;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.PositiveOrZero;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Currency;

/**
 * A customer ordered a quantity of one product. Written by producer-service, keyed by customer;
 * read by the shipments topology and by consumer-service. Compatible growth: new optional fields.
 *
 * @param orderId the business id; the same id with other content is refused by the tables
 * @param customer who ordered, the record key
 * @param sku what was ordered
 * @param quantity how many, at least 1
 * @param amount the price of the whole order in {@code currency}
 * @param currency ISO 4217 code of {@code amount}
 * @param placedAt when the customer ordered, the event's own time
 */
@EventType("io.eventpipeline.order.placed.v1")
public record OrderPlaced(
        @NotNull OrderId orderId,
        @NotNull CustomerId customer,
        @NotNull Sku sku,
        @Positive int quantity,
        @NotNull @PositiveOrZero @Digits(integer = 15, fraction = 4) BigDecimal amount,
        @NotNull Currency currency,
        @NotNull Instant placedAt)
        implements CommerceEvent {

    @Override
    public String key() {
        return customer.value();
    }
}
