package io.eventpipeline.streams.shipments;

import io.eventpipeline.model.commerce.AddressChanged;
import io.eventpipeline.model.commerce.OrderPlaced;
import io.eventpipeline.streams.intake.ReceivedEvent;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.ValueAndTimestamp;

/**
 * The first half of the join by repartition: an order that finds its address goes on to where its
 * product is, another waits for its address, and after the limit is given up. One instance a task,
 * used by the task's thread alone.
 */
final class OrderAddressProcessor
        extends HalfJoinProcessor<ReceivedEvent<OrderPlaced>, AddressChanged> {

    OrderAddressProcessor(
            ShipmentsProperties settings, ShipmentsMetrics metrics, int workPerPunctuation) {
        super(settings, metrics, workPerPunctuation, ShipmentsTopology.ADDRESSES_STORE);
    }

    @Override
    WaitingOrders waitingIn(ProcessorContext<String, ShipmentOutcome> context) {
        return WaitingOrders.ofCustomers(context);
    }

    @Override
    public void process(Record<String, ReceivedEvent<OrderPlaced>> record) {
        WaitingOrder order =
                WaitingOrder.of(
                        record,
                        context().recordMetadata().orElseThrow(),
                        context().currentSystemTimeMs());
        ValueAndTimestamp<AddressChanged> address = row(order.customer());
        if (address == null) {
            hold(order);
        } else {
            context()
                    .forward(
                            OutcomeRecords.addressed(
                                    order.with(address.value().address(), address.timestamp())));
        }
    }
}
