package io.eventpipeline.streams.shipments;

import io.eventpipeline.model.commerce.ProductListed;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * Gives a product to all orders that wait for it; with repartition only, because an update of a
 * global table tells nobody. One instance a task, used by the task's thread alone.
 */
final class ProductReleaseProcessor
        extends ContextualProcessor<String, @Nullable ProductListed, String, ShipmentOutcome> {

    private final ShipmentsMetrics metrics;
    private WaitingOrders waiting;

    @SuppressWarnings("NullAway.Init") // Streams calls init before anything else.
    ProductReleaseProcessor(ShipmentsMetrics metrics) {
        this.metrics = metrics;
    }

    @Override
    public void init(ProcessorContext<String, ShipmentOutcome> context) {
        super.init(context);
        waiting = WaitingOrders.ofSkus(context);
    }

    @Override
    public void process(Record<String, @Nullable ProductListed> record) {
        ProductListed product = record.value();
        if (product == null) {
            return;
        }
        for (WaitingOrder order : waiting.ofSku(record.key(), Integer.MAX_VALUE)) {
            waiting.remove(order);
            context()
                    .forward(
                            OutcomeRecords.requested(
                                    order.with(product.product(), record.timestamp())));
            metrics.released();
        }
    }
}
