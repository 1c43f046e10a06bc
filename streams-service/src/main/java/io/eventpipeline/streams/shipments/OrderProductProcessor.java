package io.eventpipeline.streams.shipments;

import io.eventpipeline.model.commerce.ProductListed;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.apache.kafka.streams.state.ValueAndTimestamp;

/**
 * The second half of the join by repartition: an order that finds its product becomes a shipment,
 * another waits for it, and after the limit is given up. One instance a task, used by the task's
 * thread alone.
 */
final class OrderProductProcessor
        extends ContextualProcessor<String, WaitingOrder, String, ShipmentOutcome> {

    private final ShipmentsProperties settings;
    private final ShipmentsMetrics metrics;
    private final int workPerPunctuation;

    private ReadOnlyKeyValueStore<String, ValueAndTimestamp<ProductListed>> products;
    private WaitingOrders waiting;

    @SuppressWarnings("NullAway.Init") // Streams calls init before anything else.
    OrderProductProcessor(
            ShipmentsProperties settings, ShipmentsMetrics metrics, int workPerPunctuation) {
        this.settings = settings;
        this.metrics = metrics;
        this.workPerPunctuation = workPerPunctuation;
    }

    @Override
    public void init(ProcessorContext<String, ShipmentOutcome> context) {
        super.init(context);
        products = context.getStateStore(ShipmentsTopology.PRODUCTS_STORE);
        waiting = WaitingOrders.ofSkus(context);
        Surrender surrender = new Surrender(context, settings, metrics, workPerPunctuation);
        context.schedule(
                settings.lookupInterval(),
                PunctuationType.WALL_CLOCK_TIME,
                now -> surrender.punctuate(waiting, now));
    }

    @Override
    public void process(Record<String, WaitingOrder> record) {
        WaitingOrder order = record.value();
        ValueAndTimestamp<ProductListed> product = products.get(record.key());
        if (product == null) {
            waiting.add(order);
            metrics.waiting();
        } else {
            context()
                    .forward(
                            OutcomeRecords.requested(
                                    order.with(product.value().product(), product.timestamp())));
            metrics.joined();
        }
    }
}
