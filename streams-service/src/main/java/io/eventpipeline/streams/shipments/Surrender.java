package io.eventpipeline.streams.shipments;

import java.time.Duration;
import org.apache.kafka.streams.processor.api.ProcessorContext;

/**
 * Gives up orders that waited too long, a bounded number in one punctuation, and none for a while
 * after a start: what they wait for may be among what was sent meanwhile and is not read yet. One
 * for each processor, used by its thread alone.
 */
final class Surrender {

    private final ProcessorContext<String, ShipmentOutcome> context;
    private final Duration limit;
    private final ShipmentsMetrics metrics;
    private final int workPerPunctuation;
    private final long from;

    Surrender(
            ProcessorContext<String, ShipmentOutcome> context,
            ShipmentsProperties settings,
            ShipmentsMetrics metrics,
            int workPerPunctuation) {
        this.context = context;
        this.limit = settings.waitingLimit();
        this.metrics = metrics;
        this.workPerPunctuation = workPerPunctuation;
        this.from = context.currentSystemTimeMs() + settings.catchUp().toMillis();
    }

    /** Looks at that moment of the wall clock, in epoch milliseconds. */
    void punctuate(WaitingOrders waiting, long now) {
        if (now < from) {
            return;
        }
        waiting.waitingSince(now - limit.toMillis(), workPerPunctuation)
                .forEach(order -> {
                    waiting.remove(order);
                    context.forward(OutcomeRecords.givenUp(order, limit));
                    metrics.givenUp();
                });
    }
}
