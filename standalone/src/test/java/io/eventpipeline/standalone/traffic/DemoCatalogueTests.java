package io.eventpipeline.standalone.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventpipeline.model.commerce.AddressChanged;
import io.eventpipeline.model.commerce.OrderPlaced;
import io.eventpipeline.model.commerce.ProductListed;
import io.eventpipeline.model.json.EventJson;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What the demo sends is what the doors accept. */
class DemoCatalogueTests {

    @Test
    void productsAndAddressesAreValidEvents() {
        assertThat(DemoCatalogue.products())
                .allSatisfy(product ->
                        assertThat(
                                        EventJson.readStrictly(
                                                EventJson.write(product), ProductListed.class))
                                .isEqualTo(product));
        assertThat(DemoCatalogue.addresses())
                .allSatisfy(address ->
                        assertThat(
                                        EventJson.readStrictly(
                                                EventJson.write(address), AddressChanged.class))
                                .isEqualTo(address));
    }

    @Test
    void ordersAreValidAndOnlyOfKnownCustomersAndProducts() {
        Random random = new Random(7);
        for (int number = 0; number < 200; number++) {
            OrderPlaced order =
                    DemoCatalogue.order(
                            "demo-" + number, random, Instant.parse("2026-11-01T12:00:00Z"));

            assertThat(EventJson.readStrictly(EventJson.write(order), OrderPlaced.class))
                    .isEqualTo(order);
            assertThat(DemoCatalogue.products())
                    .anyMatch(product -> product.sku().equals(order.sku()));
            assertThat(DemoCatalogue.addresses())
                    .anyMatch(address -> address.customer().equals(order.customer()));
        }
    }
}
