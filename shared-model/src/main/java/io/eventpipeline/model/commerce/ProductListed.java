package io.eventpipeline.model.commerce;

import io.eventpipeline.model.event.EventType;
import jakarta.validation.constraints.Digits;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.PositiveOrZero;
import jakarta.validation.constraints.Size;
import java.math.BigDecimal;
import java.util.Currency;

/**
 * A product is on sale with these properties. Written by producer-service, keyed by sku, to a
 * compacted topic whose partition count differs from the orders' on purpose, so that only a global
 * table can join it.
 *
 * @param sku which product, the record key
 * @param name as customers read it
 * @param category a free word to group by
 * @param price of one piece in {@code currency}
 * @param currency ISO 4217 code of {@code price}
 */
@EventType("io.eventpipeline.product.listed.v1")
public record ProductListed(
        @NotNull Sku sku,
        @NotBlank @Size(max = 200) String name,
        @NotBlank @Size(max = 100) String category,
        @NotNull @PositiveOrZero @Digits(integer = 15, fraction = 4) BigDecimal price,
        @NotNull Currency currency)
        implements CommerceEvent {

    @Override
    public String key() {
        return sku.value();
    }

    /** The product without its sku, as a shipment carries it. */
    public Product product() {
        return new Product(name, category, price, currency);
    }
}
