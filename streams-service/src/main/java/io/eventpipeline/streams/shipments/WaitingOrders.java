package io.eventpipeline.streams.shipments;

import io.eventpipeline.streams.topology.AskedStores;
import io.eventpipeline.streams.topology.StateSerdes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.jspecify.annotations.Nullable;

/**
 * The waiting orders of one task: the orders themselves, by customer and in the order in which they
 * were read, and an index to find them by sku and by age, so that nothing is ever scanned as a
 * whole. Keys are joined by NUL, which no id may contain; numbers are written in hex of fixed
 * width, so that their text sorts as they do.
 *
 * <p>Used by the task's thread alone. Both stores change in the transaction of the record or the
 * punctuation in hand.
 */
final class WaitingOrders {

    static final String ORDERS_STORE = "waiting-orders";
    static final String INDEX_STORE = "waiting-orders-index";

    /** Those that wait for their product only, where the product is; with repartition only. */
    static final String BY_SKU_ORDERS_STORE = "waiting-orders-by-sku";

    static final String BY_SKU_INDEX_STORE = "waiting-orders-by-sku-index";

    private static final char NUL = '\0';
    private static final char AFTER_NUL = '\1';
    private static final String BY_SKU = "sku" + NUL;
    private static final String BY_AGE = "age" + NUL;

    private final KeyValueStore<String, WaitingOrder> orders;
    private final KeyValueStore<String, String> index;

    WaitingOrders(KeyValueStore<String, WaitingOrder> orders, KeyValueStore<String, String> index) {
        this.orders = orders;
        this.index = index;
    }

    /** Adds a pair of stores. */
    static void addStores(StreamsBuilder builder, String orders, String index) {
        builder.addStateStore(
                Stores.keyValueStoreBuilder(
                        AskedStores.keyValue(orders),
                        Serdes.String(),
                        StateSerdes.json(WaitingOrder.class)));
        builder.addStateStore(
                Stores.keyValueStoreBuilder(
                        AskedStores.keyValue(index), Serdes.String(), Serdes.String()));
    }

    /** Those that wait where orders and addresses are read. */
    static WaitingOrders ofCustomers(ProcessorContext<?, ?> context) {
        return new WaitingOrders(
                context.getStateStore(ORDERS_STORE), context.getStateStore(INDEX_STORE));
    }

    /** Those that wait where products are read. */
    static WaitingOrders ofSkus(ProcessorContext<?, ?> context) {
        return new WaitingOrders(
                context.getStateStore(BY_SKU_ORDERS_STORE),
                context.getStateStore(BY_SKU_INDEX_STORE));
    }

    void add(WaitingOrder order) {
        String key = key(order);
        orders.put(key, order);
        index.put(ageKey(order), key);
        if (order.product() == null) {
            index.put(skuKey(order), key);
        }
    }

    /** Keeps what was found meanwhile. */
    void update(WaitingOrder order) {
        orders.put(key(order), order);
        if (order.product() != null) {
            index.delete(skuKey(order));
        }
    }

    void remove(WaitingOrder order) {
        orders.delete(key(order));
        index.delete(ageKey(order));
        index.delete(skuKey(order));
    }

    /** All that wait for one customer, in the order in which they were read. */
    List<WaitingOrder> ofCustomer(String customer) {
        List<WaitingOrder> found = new ArrayList<>();
        try (KeyValueIterator<String, WaitingOrder> all =
                orders.prefixScan(customer + NUL, new StringSerializer())) {
            all.forEachRemaining(entry -> found.add(entry.value));
        }
        return found;
    }

    /**
     * The next sku in sort order that an order waits for.
     *
     * @param previous where to go on; absent to begin
     */
    Optional<String> nextSku(@Nullable String previous) {
        String from = previous == null ? BY_SKU : BY_SKU + previous + AFTER_NUL;
        try (KeyValueIterator<String, String> entries = index.range(from, end(BY_SKU))) {
            return entries.hasNext()
                    ? Optional.of(entries.next().key)
                            .map(key ->
                                    key.substring(
                                            BY_SKU.length(), key.indexOf(NUL, BY_SKU.length())))
                    : Optional.empty();
        }
    }

    /** At most so many orders that wait for a product, in no promised order of customers. */
    List<WaitingOrder> ofSku(String sku, int limit) {
        return indexed(BY_SKU + sku + NUL, BY_SKU + sku + AFTER_NUL, limit);
    }

    /** At most so many orders that have waited since that moment or longer, the eldest first. */
    List<WaitingOrder> waitingSince(long epochMillis, int limit) {
        return indexed(BY_AGE, BY_AGE + hex(epochMillis) + AFTER_NUL, limit);
    }

    private List<WaitingOrder> indexed(String from, String to, int limit) {
        List<WaitingOrder> found = new ArrayList<>();
        try (KeyValueIterator<String, String> entries = index.range(from, to)) {
            while (entries.hasNext() && found.size() < limit) {
                KeyValue<String, String> entry = entries.next();
                WaitingOrder order = orders.get(entry.value);
                if (order != null) {
                    found.add(order);
                }
            }
        }
        return found;
    }

    /** Time before offset: the offsets of a topic that was made anew begin at 0 again. */
    private static String key(WaitingOrder order) {
        return order.customer() + NUL + hex(order.since()) + NUL + hex(order.offset());
    }

    private static String skuKey(WaitingOrder order) {
        return BY_SKU + order.order().sku().value() + NUL + key(order);
    }

    private static String ageKey(WaitingOrder order) {
        return BY_AGE + hex(order.since()) + NUL + key(order);
    }

    private static String end(String prefix) {
        return prefix.substring(0, prefix.length() - 1) + AFTER_NUL;
    }

    private static String hex(long number) {
        return String.format(Locale.ROOT, "%016x", number);
    }
}
