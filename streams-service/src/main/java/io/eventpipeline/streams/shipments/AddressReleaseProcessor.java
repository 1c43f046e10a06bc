package io.eventpipeline.streams.shipments;

import io.eventpipeline.model.commerce.AddressChanged;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * Gives a customer's new address to those of the customer's waiting orders that have none, in the
 * order in which they were read; those that are complete with it become shipments, or all of them
 * go on to where their products are. A deleted address changes nothing for them. One instance a
 * task, used by the task's thread alone.
 */
final class AddressReleaseProcessor
        extends ContextualProcessor<String, @Nullable AddressChanged, String, ShipmentOutcome> {

    private final ShipmentsMetrics metrics;
    private final boolean productIsElsewhere;
    private WaitingOrders waiting;

    @SuppressWarnings("NullAway.Init") // Streams calls init before anything else.
    AddressReleaseProcessor(ShipmentsMetrics metrics, boolean productIsElsewhere) {
        this.metrics = metrics;
        this.productIsElsewhere = productIsElsewhere;
    }

    @Override
    public void init(ProcessorContext<String, ShipmentOutcome> context) {
        super.init(context);
        waiting = WaitingOrders.ofCustomers(context);
    }

    @Override
    public void process(Record<String, @Nullable AddressChanged> record) {
        AddressChanged changed = record.value();
        if (changed == null) {
            return;
        }
        for (WaitingOrder order : waiting.ofCustomer(record.key())) {
            // One with an address has that of its own time: it waits for its product only.
            if (order.address() == null) {
                release(order.with(changed.address(), record.timestamp()));
            }
        }
    }

    private void release(WaitingOrder order) {
        if (productIsElsewhere) {
            waiting.remove(order);
            context().forward(OutcomeRecords.addressed(order));
        } else if (order.isComplete()) {
            waiting.remove(order);
            context().forward(OutcomeRecords.requested(order));
            metrics.released();
        } else {
            waiting.update(order);
        }
    }
}
