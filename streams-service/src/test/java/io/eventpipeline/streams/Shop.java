package io.eventpipeline.streams;

import io.eventpipeline.model.commerce.AddressChanged;
import io.eventpipeline.model.commerce.CustomerId;
import io.eventpipeline.model.commerce.OrderId;
import io.eventpipeline.model.commerce.OrderPlaced;
import io.eventpipeline.model.commerce.ProductListed;
import io.eventpipeline.model.commerce.Sku;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Currency;

/** Events of a small shop. */
final class Shop {

    private static final Currency EURO = Currency.getInstance("EUR");

    private Shop() {}

    static OrderPlaced order(String id, String customer, String sku) {
        return new OrderPlaced(
                new OrderId(id),
                new CustomerId(customer),
                new Sku(sku),
                1,
                new BigDecimal("24.95"),
                EURO,
                Instant.parse("2026-11-20T12:00:00Z"));
    }

    static AddressChanged address(String customer, String street) {
        return new AddressChanged(new CustomerId(customer), street, "Berlin", "10115", "DE");
    }

    static ProductListed product(String sku) {
        return new ProductListed(
                new Sku(sku), "A fine " + sku, "kitchen", new BigDecimal("24.95"), EURO);
    }
}
