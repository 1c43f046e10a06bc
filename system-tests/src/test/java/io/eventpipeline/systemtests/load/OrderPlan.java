package io.eventpipeline.systemtests.load;

import io.eventpipeline.model.commerce.AddressChanged;
import io.eventpipeline.model.commerce.CustomerId;
import io.eventpipeline.model.commerce.OrderId;
import io.eventpipeline.model.commerce.OrderPlaced;
import io.eventpipeline.model.commerce.ProductListed;
import io.eventpipeline.model.commerce.Sku;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Who orders what: customers with their addresses, products, and each customer's orders by number.
 * The same seed gives the same orders. Immutable and thread-safe.
 */
public final class OrderPlan {

    private static final Currency EURO = Currency.getInstance("EUR");
    private static final Instant FIRST_ORDER = Instant.parse("2026-11-20T08:00:00Z");
    private static final List<String> CITIES = List.of("Bremen", "Leipzig", "Graz", "Basel");
    private static final List<String> GOODS = List.of("Kettle", "Lamp", "Atlas", "Bicycle bell");
    private static final int GREATEST_QUANTITY = 5;
    private static final int GREATEST_PRICE_CENTS = 20_000;

    private final long seed;
    private final List<AddressChanged> addresses;
    private final List<ProductListed> products;

    /**
     * Makes a plan.
     *
     * @param seed decides everything
     * @param customers how many customers
     */
    public OrderPlan(long seed, int customers) {
        this.seed = seed;
        SplittableRandom random = new SplittableRandom(seed);
        addresses =
                IntStream.rangeClosed(1, customers)
                        .mapToObj(number -> address(number, random))
                        .toList();
        products =
                IntStream.rangeClosed(1, GOODS.size())
                        .mapToObj(number -> product(number, random))
                        .toList();
    }

    /** The customers' addresses, one each. */
    public List<AddressChanged> addresses() {
        return addresses;
    }

    /** The products, one for each sku. */
    public List<ProductListed> products() {
        return products;
    }

    /**
     * A customer's order.
     *
     * @param customer the customer's place in {@link #addresses()}
     * @param sequence the order's number among the customer's, from 1
     */
    public OrderPlaced order(int customer, int sequence) {
        SplittableRandom random =
                new SplittableRandom(seed * 31 + customer * 1_000_003L + sequence);
        CustomerId id = addresses.get(customer).customer();
        ProductListed product = products.get(random.nextInt(products.size()));
        int quantity = random.nextInt(1, GREATEST_QUANTITY + 1);
        return new OrderPlaced(
                new OrderId("%s-order-%05d".formatted(id, sequence)),
                id,
                product.sku(),
                quantity,
                product.price().multiply(BigDecimal.valueOf(quantity)),
                EURO,
                FIRST_ORDER.plusSeconds(sequence).plusNanos(random.nextInt(1_000_000_000)));
    }

    private static AddressChanged address(int number, SplittableRandom random) {
        return new AddressChanged(
                new CustomerId("customer-%02d".formatted(number)),
                "Station Road " + random.nextInt(1, 200),
                CITIES.get(random.nextInt(CITIES.size())),
                "%05d".formatted(random.nextInt(100_000)),
                "DE");
    }

    private static ProductListed product(int number, SplittableRandom random) {
        return new ProductListed(
                new Sku("sku-%02d".formatted(number)),
                GOODS.get(number - 1),
                "household",
                BigDecimal.valueOf(random.nextInt(1, GREATEST_PRICE_CENTS), 2),
                EURO);
    }
}
