package io.eventpipeline.model.json;

import io.eventpipeline.model.commerce.Address;
import io.eventpipeline.model.commerce.AddressChanged;
import io.eventpipeline.model.commerce.CustomerId;
import io.eventpipeline.model.commerce.OrderId;
import io.eventpipeline.model.commerce.OrderPlaced;
import io.eventpipeline.model.commerce.PaymentCaptured;
import io.eventpipeline.model.commerce.PaymentId;
import io.eventpipeline.model.commerce.PaymentUnmatched;
import io.eventpipeline.model.commerce.Product;
import io.eventpipeline.model.commerce.ProductListed;
import io.eventpipeline.model.commerce.ShipmentRequested;
import io.eventpipeline.model.commerce.Sku;
import io.eventpipeline.model.event.Event;
import io.eventpipeline.model.fleet.PositionReported;
import io.eventpipeline.model.fleet.VehicleId;
import io.eventpipeline.model.ops.HostName;
import io.eventpipeline.model.ops.ServerAlert;
import io.eventpipeline.model.ops.ServerMeasured;
import io.eventpipeline.model.web.PageCount;
import io.eventpipeline.model.web.PageViewed;
import io.eventpipeline.model.web.WindowKind;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Currency;
import java.util.List;

/** One event of each type, the same as in the golden files. */
final class GoldenEvents {

    private static final Currency EUR = Currency.getInstance("EUR");
    private static final CustomerId ALICE = new CustomerId("alice");
    private static final OrderId ORDER = new OrderId("o-1001");
    private static final Sku TEA = new Sku("tea-500");
    private static final BigDecimal PRICE = new BigDecimal("9.90");
    private static final BigDecimal AMOUNT = new BigDecimal("19.80");
    private static final Instant NOON = Instant.parse("2026-11-01T12:00:00Z");
    private static final Instant PAID = Instant.parse("2026-11-01T12:00:05.250Z");
    private static final HostName WEB = new HostName("web-1");

    private GoldenEvents() {}

    /**
     * A golden file and the event that it holds.
     *
     * @param file name without folder and ending
     * @param event what reading it gives
     */
    record Golden(String file, Event event) {

        @Override
        public String toString() {
            return file;
        }
    }

    static List<Golden> all() {
        OrderPlaced order = new OrderPlaced(ORDER, ALICE, TEA, 2, AMOUNT, EUR, NOON);
        return List.of(
                new Golden("order-placed", order),
                new Golden(
                        "address-changed",
                        new AddressChanged(ALICE, "Hauptstraße 7", "Köln", "50667", "DE")),
                new Golden(
                        "product-listed",
                        new ProductListed(TEA, "Green tea, 500 g", "tea", PRICE, EUR)),
                new Golden(
                        "payment-captured",
                        new PaymentCaptured(
                                new PaymentId("p-1001"), ORDER, ALICE, AMOUNT, EUR, PAID)),
                new Golden(
                        "payment-unmatched",
                        new PaymentUnmatched(
                                PaymentUnmatched.Half.ORDER,
                                ORDER,
                                ALICE,
                                new PaymentId("p-1001"),
                                AMOUNT,
                                EUR,
                                PAID)),
                new Golden(
                        "shipment-requested",
                        ShipmentRequested.of(
                                order,
                                new Address("Hauptstraße 7", "Köln", "50667", "DE"),
                                new Product("Green tea, 500 g", "tea", PRICE, EUR))),
                new Golden("page-viewed", new PageViewed("/products/tea-500", "v-77", NOON)),
                new Golden(
                        "page-count",
                        new PageCount(
                                "/products/tea-500",
                                WindowKind.TUMBLING,
                                NOON,
                                Instant.parse("2026-11-01T12:05:00Z"),
                                42,
                                true)),
                new Golden(
                        "position-reported",
                        new PositionReported(new VehicleId("van-3"), 50.9375, 6.9603, NOON)),
                new Golden(
                        "server-measured",
                        new ServerMeasured(
                                WEB,
                                0.25,
                                1L << 30,
                                4L << 30,
                                Instant.parse("2026-11-01T12:00:00.123456789Z"))),
                new Golden(
                        "server-alert",
                        new ServerAlert(
                                WEB,
                                ServerAlert.Kind.CPU,
                                ServerAlert.Severity.CRITICAL,
                                0.97,
                                0.95,
                                NOON)));
    }
}
