package io.eventpipeline.streams.totals;

import io.eventpipeline.model.commerce.OrderPlaced;
import java.math.BigDecimal;
import java.time.Instant;

/**
 * What an order added to its total, to know a copy of it.
 *
 * @param sku of which product
 * @param quantity how many pieces
 * @param amount without trailing zeros: 12.5 and 12.50 are the same money
 * @param currency ISO 4217 code of the amount
 * @param placedAt from when on it counts
 */
record CountedOrder(
        String sku, int quantity, BigDecimal amount, String currency, Instant placedAt) {

    static CountedOrder of(OrderPlaced order) {
        return new CountedOrder(
                order.sku().value(),
                order.quantity(),
                order.amount().stripTrailingZeros(),
                order.currency().getCurrencyCode(),
                order.placedAt());
    }
}
