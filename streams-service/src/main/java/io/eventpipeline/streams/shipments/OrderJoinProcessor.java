package io.eventpipeline.streams.shipments;

import io.eventpipeline.model.commerce.AddressChanged;
import io.eventpipeline.model.commerce.OrderPlaced;
import io.eventpipeline.model.commerce.ProductListed;
import io.eventpipeline.streams.intake.ReceivedEvent;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.apache.kafka.streams.state.ValueAndTimestamp;
import org.jspecify.annotations.Nullable;

/**
 * Looks up the address and the product of each order. An order that finds both becomes a shipment
 * at once; another is kept with what was found. At each lookup interval (wall clock) the products
 * that orders wait for are looked up again, because an update of a global table tells nobody, and
 * orders that waited too long are given up. The work of one punctuation is bounded; the next goes
 * on where it ended.
 *
 * <p>One instance a task, used by the task's thread alone.
 */
final class OrderJoinProcessor
        extends ContextualProcessor<String, ReceivedEvent<OrderPlaced>, String, ShipmentOutcome> {

    private final ShipmentsProperties settings;
    private final ShipmentsMetrics metrics;
    private final int workPerPunctuation;

    private Stores stores;
    private Surrender surrender;
    private @Nullable String lastSku;

    private record Stores(
            ReadOnlyKeyValueStore<String, ValueAndTimestamp<AddressChanged>> addresses,
            ReadOnlyKeyValueStore<String, ValueAndTimestamp<ProductListed>> products,
            WaitingOrders waiting) {}

    @SuppressWarnings("NullAway.Init") // Streams calls init before anything else.
    OrderJoinProcessor(
            ShipmentsProperties settings, ShipmentsMetrics metrics, int workPerPunctuation) {
        this.settings = settings;
        this.metrics = metrics;
        this.workPerPunctuation = workPerPunctuation;
    }

    @Override
    public void init(ProcessorContext<String, ShipmentOutcome> context) {
        super.init(context);
        stores =
                new Stores(
                        context.getStateStore(ShipmentsTopology.ADDRESSES_STORE),
                        context.getStateStore(ShipmentsTopology.PRODUCTS_STORE),
                        WaitingOrders.ofCustomers(context));
        surrender = new Surrender(context, settings, metrics, workPerPunctuation);
        context.schedule(
                settings.lookupInterval(), PunctuationType.WALL_CLOCK_TIME, this::punctuate);
    }

    @Override
    public void process(Record<String, ReceivedEvent<OrderPlaced>> record) {
        WaitingOrder order =
                WaitingOrder.of(
                        record,
                        context().recordMetadata().orElseThrow(),
                        context().currentSystemTimeMs());
        ValueAndTimestamp<AddressChanged> address = stores.addresses().get(order.customer());
        if (address != null) {
            order = order.with(address.value().address(), address.timestamp());
        }
        order = lookUpProduct(order);
        if (order.isComplete()) {
            context().forward(OutcomeRecords.requested(order));
            metrics.joined();
        } else {
            stores.waiting().add(order);
            metrics.waiting();
        }
    }

    private void punctuate(long now) {
        releaseByProducts();
        surrender.punctuate(stores.waiting(), now);
    }

    private void releaseByProducts() {
        int work = 0;
        do {
            lastSku = stores.waiting().nextSku(lastSku).orElse(null);
            work++;
            if (lastSku != null && stores.products().get(lastSku) != null) {
                var found = stores.waiting().ofSku(lastSku, workPerPunctuation);
                found.forEach(this::releaseByProduct);
                work += found.size();
            }
        } while (lastSku != null && work < workPerPunctuation);
    }

    private void releaseByProduct(WaitingOrder waiting) {
        WaitingOrder order = lookUpProduct(waiting);
        if (order.isComplete()) {
            stores.waiting().remove(order);
            context().forward(OutcomeRecords.requested(order));
            metrics.released();
        } else if (order.product() != null) {
            stores.waiting().update(order);
        }
    }

    private WaitingOrder lookUpProduct(WaitingOrder order) {
        ValueAndTimestamp<ProductListed> product =
                stores.products().get(order.order().sku().value());
        return product == null ? order : order.with(product.value().product(), product.timestamp());
    }
}
