package io.eventpipeline.streams.shipments;

import io.eventpipeline.model.commerce.AddressChanged;
import io.eventpipeline.model.commerce.OrderPlaced;
import io.eventpipeline.streams.intake.ReceivedEvent;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.apache.kafka.streams.state.ValueAndTimestamp;

/**
 * The first half of the join by repartition: an order that finds its address goes on to where its
 * product is, another waits for its address, and after the limit is given up. One instance a task,
 * used by the task's thread alone.
 */
final class OrderAddressProcessor
        extends ContextualProcessor<String, ReceivedEvent<OrderPlaced>, String, ShipmentOutcome> {

    private final ShipmentsProperties settings;
    private final ShipmentsMetrics metrics;
    private final int workPerPunctuation;

    private ReadOnlyKeyValueStore<String, ValueAndTimestamp<AddressChanged>> addresses;
    private WaitingOrders waiting;

    @SuppressWarnings("NullAway.Init") // Streams calls init before anything else.
    OrderAddressProcessor(
            ShipmentsProperties settings, ShipmentsMetrics metrics, int workPerPunctuation) {
        this.settings = settings;
        this.metrics = metrics;
        this.workPerPunctuation = workPerPunctuation;
    }

    @Override
    public void init(ProcessorContext<String, ShipmentOutcome> context) {
        super.init(context);
        addresses = context.getStateStore(ShipmentsTopology.ADDRESSES_STORE);
        waiting = WaitingOrders.ofCustomers(context);
        Surrender surrender = new Surrender(context, settings, metrics, workPerPunctuation);
        context.schedule(
                settings.lookupInterval(),
                PunctuationType.WALL_CLOCK_TIME,
                now -> surrender.punctuate(waiting, now));
    }

    @Override
    public void process(Record<String, ReceivedEvent<OrderPlaced>> record) {
        WaitingOrder order =
                WaitingOrder.of(
                        record,
                        context().recordMetadata().orElseThrow(),
                        context().currentSystemTimeMs());
        ValueAndTimestamp<AddressChanged> address = addresses.get(order.customer());
        if (address == null) {
            waiting.add(order);
            metrics.waiting();
        } else {
            context()
                    .forward(
                            OutcomeRecords.addressed(
                                    order.with(address.value().address(), address.timestamp())));
        }
    }
}
