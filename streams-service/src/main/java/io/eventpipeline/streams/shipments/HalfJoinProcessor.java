package io.eventpipeline.streams.shipments;

import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.apache.kafka.streams.state.ValueAndTimestamp;
import org.jspecify.annotations.Nullable;

/**
 * What both halves of the join by repartition share: a table to look into, orders that wait for
 * what is missing there, and their surrender after the limit. One instance a task, used by the
 * task's thread alone.
 *
 * @param <I> what comes in
 * @param <T> what the table holds
 */
abstract class HalfJoinProcessor<I, T>
        extends ContextualProcessor<String, I, String, ShipmentOutcome> {

    private final ShipmentsProperties settings;
    private final ShipmentsMetrics metrics;
    private final int workPerPunctuation;
    private final String table;

    private ReadOnlyKeyValueStore<String, ValueAndTimestamp<T>> rows;
    private WaitingOrders waiting;

    /**
     * Creates one half.
     *
     * @param table the name of the table's store
     */
    @SuppressWarnings("NullAway.Init") // Streams calls init before anything else.
    HalfJoinProcessor(
            ShipmentsProperties settings,
            ShipmentsMetrics metrics,
            int workPerPunctuation,
            String table) {
        this.settings = settings;
        this.metrics = metrics;
        this.workPerPunctuation = workPerPunctuation;
        this.table = table;
    }

    /** The orders that wait for a row of this table. */
    abstract WaitingOrders waitingIn(ProcessorContext<String, ShipmentOutcome> context);

    @Override
    public void init(ProcessorContext<String, ShipmentOutcome> context) {
        super.init(context);
        rows = context.getStateStore(table);
        waiting = waitingIn(context);
        Surrender surrender = new Surrender(context, settings, metrics, workPerPunctuation);
        context.schedule(
                settings.lookupInterval(),
                PunctuationType.WALL_CLOCK_TIME,
                now -> surrender.punctuate(waiting, now));
    }

    /** The row of a key, if there is one already. */
    final @Nullable ValueAndTimestamp<T> row(String key) {
        return rows.get(key);
    }

    /** Lets an order wait for its row. */
    final void hold(WaitingOrder order) {
        waiting.add(order);
        metrics.waiting();
    }
}
