package io.eventpipeline.streams.totals;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/**
 * Counts what happens to orders: {@code pipeline.streams.totals.orders} by {@code outcome}. It
 * counts work, not results: what a rolled-back transaction did is counted again when it is done
 * again.
 */
final class OrderTotalsMetrics {

    private final Counter added;
    private final Counter repeated;
    private final Counter late;

    OrderTotalsMetrics(MeterRegistry registry) {
        added = counter(registry, "added");
        repeated = counter(registry, "repeated");
        late = counter(registry, "late");
    }

    /** An order was added to its totals. */
    void added() {
        added.increment();
    }

    /** A copy of an order was left out. */
    void repeated() {
        repeated.increment();
    }

    /** An order was older than the history. */
    void late() {
        late.increment();
    }

    private static Counter counter(MeterRegistry registry, String outcome) {
        return Counter.builder("pipeline.streams.totals.orders")
                .description("Orders by what happened to them in the order totals")
                .tag("outcome", outcome)
                .register(registry);
    }
}
