package io.eventpipeline.consumer;

import io.eventpipeline.model.commerce.Address;
import io.eventpipeline.model.commerce.CustomerId;
import io.eventpipeline.model.commerce.OrderId;
import io.eventpipeline.model.commerce.OrderPlaced;
import io.eventpipeline.model.commerce.PaymentCaptured;
import io.eventpipeline.model.commerce.PaymentId;
import io.eventpipeline.model.commerce.Product;
import io.eventpipeline.model.commerce.ShipmentRequested;
import io.eventpipeline.model.commerce.Sku;
import io.eventpipeline.model.ops.HostName;
import io.eventpipeline.model.ops.ServerMeasured;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Currency;

/** A shop's day. */
public final class TestEvents {

    public static final CustomerId ALICE = new CustomerId("alice");
    public static final CustomerId BOB = new CustomerId("bob");

    /** More digits than a microsecond, as Java's clock may give. */
    public static final Instant MONDAY_NOON = Instant.parse("2026-11-02T12:00:00.123456789Z");

    private static final Currency EUR = Currency.getInstance("EUR");

    private TestEvents() {}

    public static OrderPlaced order(String id, CustomerId customer) {
        return order(id, customer, "37.50");
    }

    public static OrderPlaced order(String id, CustomerId customer, String amount) {
        return new OrderPlaced(
                new OrderId(id),
                customer,
                new Sku("espresso-1kg"),
                3,
                new BigDecimal(amount),
                EUR,
                MONDAY_NOON);
    }

    public static ShipmentRequested shipment(String id, CustomerId customer) {
        return ShipmentRequested.of(
                order(id, customer),
                new Address("Hafenstraße 7", "Hamburg", "20457", "DE"),
                new Product("Espresso beans, 1 kg", "coffee", new BigDecimal("12.50"), EUR));
    }

    public static PaymentCaptured payment(String id, String orderId, CustomerId customer) {
        return new PaymentCaptured(
                new PaymentId(id),
                new OrderId(orderId),
                customer,
                new BigDecimal("37.50"),
                EUR,
                MONDAY_NOON.plusSeconds(5));
    }

    public static ServerMeasured measurement(String host, double cpuLoad, Instant at) {
        return new ServerMeasured(new HostName(host), cpuLoad, 1L << 33, 1L << 34, at);
    }
}
