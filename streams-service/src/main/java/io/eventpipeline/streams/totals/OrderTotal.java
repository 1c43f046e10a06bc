package io.eventpipeline.streams.totals;

import io.eventpipeline.model.commerce.OrderPlaced;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a customer ordered of a product up to a moment. Immutable.
 *
 * @param orders how many orders
 * @param quantity how many pieces
 * @param amounts how much money, by ISO 4217 code: amounts of different currencies have no sum
 */
public record OrderTotal(long orders, long quantity, SortedMap<String, BigDecimal> amounts) {

    /** Before the first order. */
    public static final OrderTotal NONE = new OrderTotal(0, 0, Collections.emptySortedMap());

    /** Keeps a copy of the amounts. */
    public OrderTotal {
        amounts = Collections.unmodifiableSortedMap(new TreeMap<>(amounts));
    }

    OrderTotal plus(OrderPlaced order) {
        SortedMap<String, BigDecimal> sums = new TreeMap<>(amounts);
        sums.merge(order.currency().getCurrencyCode(), order.amount(), BigDecimal::add);
        return new OrderTotal(orders + 1, quantity + order.quantity(), sums);
    }

    /** Adds another product's total. */
    public OrderTotal plus(OrderTotal other) {
        SortedMap<String, BigDecimal> sums = new TreeMap<>(amounts);
        for (Map.Entry<String, BigDecimal> amount : other.amounts.entrySet()) {
            sums.merge(amount.getKey(), amount.getValue(), BigDecimal::add);
        }
        return new OrderTotal(orders + other.orders, quantity + other.quantity, sums);
    }
}
