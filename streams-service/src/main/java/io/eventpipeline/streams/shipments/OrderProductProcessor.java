package io.eventpipeline.streams.shipments;

import io.eventpipeline.model.commerce.ProductListed;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.ValueAndTimestamp;

/**
 * The second half of the join by repartition: an order that finds its product becomes a shipment,
 * another waits for it, and after the limit is given up. One instance a task, used by the task's
 * thread alone.
 */
final class OrderProductProcessor extends HalfJoinProcessor<WaitingOrder, ProductListed> {

    private final ShipmentsMetrics metrics;

    OrderProductProcessor(
            ShipmentsProperties settings, ShipmentsMetrics metrics, int workPerPunctuation) {
        super(settings, metrics, workPerPunctuation, ShipmentsTopology.PRODUCTS_STORE);
        this.metrics = metrics;
    }

    @Override
    WaitingOrders waitingIn(ProcessorContext<String, ShipmentOutcome> context) {
        return WaitingOrders.ofSkus(context);
    }

    @Override
    public void process(Record<String, WaitingOrder> record) {
        WaitingOrder order = record.value();
        ValueAndTimestamp<ProductListed> product = row(record.key());
        if (product == null) {
            hold(order);
        } else {
            context()
                    .forward(
                            OutcomeRecords.requested(
                                    order.with(product.value().product(), product.timestamp())));
            metrics.joined();
        }
    }
}
