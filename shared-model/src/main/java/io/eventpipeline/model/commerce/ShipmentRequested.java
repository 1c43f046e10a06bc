package io.eventpipeline.model.commerce;

import io.eventpipeline.model.event.EventType;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Digits;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.PositiveOrZero;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Currency;

/**
 * An order found its address and its product and can be shipped. Written by the shipments topology,
 * keyed by customer; read by consumer-service. One for each order.
 *
 * @param orderId the order's business id
 * @param customer who ordered, the record key
 * @param sku what was ordered
 * @param quantity how many
 * @param amount the price of the whole order in {@code currency}
 * @param currency ISO 4217 code of {@code amount}
 * @param placedAt when the customer ordered
 * @param address where it goes
 * @param product what it is
 */
@EventType("io.eventpipeline.shipment.requested.v1")
public record ShipmentRequested(
        @NotNull OrderId orderId,
        @NotNull CustomerId customer,
        @NotNull Sku sku,
        @Positive int quantity,
        @NotNull @PositiveOrZero @Digits(integer = 15, fraction = 4) BigDecimal amount,
        @NotNull Currency currency,
        @NotNull Instant placedAt,
        @NotNull @Valid Address address,
        @NotNull @Valid Product product)
        implements CommerceEvent {

    /** Joins an order with its two other halves. */
    public static ShipmentRequested of(OrderPlaced order, Address address, Product product) {
        return new ShipmentRequested(
                order.orderId(),
                order.customer(),
                order.sku(),
                order.quantity(),
                order.amount(),
                order.currency(),
                order.placedAt(),
                address,
                product);
    }

    @Override
    public String key() {
        return customer.value();
    }
}
