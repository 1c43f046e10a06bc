package io.eventpipeline.benchmarks.consuming;

import io.eventpipeline.model.commerce.CustomerId;
import io.eventpipeline.model.commerce.OrderId;
import io.eventpipeline.model.commerce.OrderPlaced;
import io.eventpipeline.model.commerce.Sku;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Currency;
import java.util.Random;
import java.util.UUID;

/** Orders of a shop with many customers; the same ones for the same seed. */
public final class Orders {

    private static final Currency EUR = Currency.getInstance("EUR");

    /** How many customers there are: {@code customer-0} and so on. */
    public static final int CUSTOMERS = 10_000;

    /** How many products there are: {@code sku-0} and so on. */
    public static final int SKUS = 500;

    private static final int HIGHEST_CENTS = 100_000;

    /** A repeat is of one of the orders before it. */
    private static final int REPEATED_WITHIN = 5_000;

    private final Random random;
    private final Instant opening = Instant.now();
    private final OrderPlaced[] recent = new OrderPlaced[REPEATED_WITHIN];
    private int made;

    /** A shop that opens now. */
    public Orders(long seed) {
        random = new Random(seed);
    }

    /**
     * Fills the topic.
     *
     * @param count how many records
     * @param repeatPercent how many of a hundred are repeats of an earlier one, with the same
     *     identity and content
     * @return how many of them are no repeats
     */
    public static long send(String bootstrapServers, long count, double repeatPercent) {
        Orders orders = new Orders(count);
        long distinct = 0;
        try (OrderSender sender = new OrderSender(bootstrapServers)) {
            for (long i = 0; i < count; i++) {
                boolean repeat = i > 0 && orders.random.nextDouble() * 100 < repeatPercent;
                sender.send(repeat ? orders.earlier() : orders.next(), null);
                distinct += repeat ? 0 : 1;
            }
        }
        return distinct;
    }

    /** An order of any customer. */
    public OrderPlaced next() {
        String id = new UUID(random.nextLong(), random.nextLong()).toString();
        return next("customer-" + random.nextInt(CUSTOMERS), id);
    }

    /** An order of one customer. */
    public OrderPlaced next(String customer, String id) {
        OrderPlaced order =
                new OrderPlaced(
                        new OrderId(id),
                        new CustomerId(customer),
                        new Sku("sku-" + random.nextInt(SKUS)),
                        1 + random.nextInt(9),
                        BigDecimal.valueOf(random.nextInt(HIGHEST_CENTS), 2),
                        EUR,
                        opening.plusMillis(made));
        recent[made % REPEATED_WITHIN] = order;
        made++;
        return order;
    }

    private OrderPlaced earlier() {
        return recent[random.nextInt(Math.min(made, REPEATED_WITHIN))];
    }
}
