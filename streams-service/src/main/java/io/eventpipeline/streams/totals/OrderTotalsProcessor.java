package io.eventpipeline.streams.totals;

import io.eventpipeline.model.commerce.OrderPlaced;
import io.eventpipeline.streams.intake.ReceivedEvent;
import io.eventpipeline.streams.intake.RefusedRecordException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.VersionedKeyValueStore;
import org.apache.kafka.streams.state.VersionedRecord;
import org.apache.kafka.streams.state.WindowStore;
import org.apache.kafka.streams.state.WindowStoreIterator;
import org.jspecify.annotations.Nullable;

/**
 * Adds each order to the total of its customer and product, from the time of the order on. An order
 * that comes late is added to all later totals too, so that each says what had been ordered by
 * then. One instance a task, used by the task's thread alone.
 */
final class OrderTotalsProcessor
        implements Processor<String, ReceivedEvent<OrderPlaced>, Void, Void> {

    private final OrderTotalsMetrics metrics;
    private final long history;
    private ProcessorContext<Void, Void> context;
    private VersionedKeyValueStore<String, OrderTotal> totals;
    private WindowStore<String, CountedOrder> counted;
    private long newest;

    @SuppressWarnings("NullAway.Init") // Streams calls init before anything else.
    OrderTotalsProcessor(Duration history, OrderTotalsMetrics metrics) {
        this.history = history.toMillis();
        this.metrics = metrics;
    }

    @Override
    public void init(ProcessorContext<Void, Void> context) {
        this.context = context;
        totals = context.getStateStore(OrderTotalsTopology.TOTALS_STORE);
        counted = context.getStateStore(OrderTotalsTopology.COUNTED_STORE);
    }

    @Override
    public void process(Record<String, ReceivedEvent<OrderPlaced>> record) {
        OrderPlaced order = record.value().event();
        long placedAt = record.timestamp();
        newest = Math.max(newest, Math.max(placedAt, context.currentStreamTimeMs()));
        if (placedAt <= newest - history) {
            metrics.late();
            return;
        }
        CountedOrder counting = CountedOrder.of(order);
        CountedOrder before = find(order.orderId().value());
        if (before == null) {
            counted.put(order.orderId().value(), counting, placedAt);
            add(OrderTotalsTopology.key(order.customer()), order, placedAt);
            add(OrderTotalsTopology.key(order.customer(), order.sku()), order, placedAt);
            metrics.added();
        } else if (before.equals(counting)) {
            metrics.repeated();
        } else {
            throw new RefusedRecordException(
                    "The order's id was used for another order: it is in no total");
        }
    }

    private @Nullable CountedOrder find(String orderId) {
        try (WindowStoreIterator<CountedOrder> found = counted.fetch(orderId, 0, newest)) {
            return found.hasNext() ? found.next().value : null;
        }
    }

    /** To the total at its time and to all later ones, which are found from the newest back. */
    private void add(String key, OrderPlaced order, long placedAt) {
        Deque<VersionedRecord<OrderTotal>> later = new ArrayDeque<>();
        VersionedRecord<OrderTotal> total = totals.get(key);
        while (total != null && total.timestamp() > placedAt) {
            later.push(total);
            total = totals.get(key, total.timestamp() - 1);
        }
        totals.put(key, (total == null ? OrderTotal.NONE : total.value()).plus(order), placedAt);
        for (VersionedRecord<OrderTotal> next : later) {
            totals.put(key, next.value().plus(order), next.timestamp());
        }
    }
}
