package io.eventpipeline.model.commerce;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.math.BigDecimal;
import java.util.Currency;

/**
 * What a shipment contains: the part of {@link ProductListed} that was in force when the order was
 * joined.
 *
 * @param name as customers read it
 * @param category a free word to group by
 * @param price of one piece in {@code currency}
 * @param currency ISO 4217 code of {@code price}
 */
public record Product(
        @NotBlank String name,
        @NotBlank String category,
        @NotNull BigDecimal price,
        @NotNull Currency currency) {}
