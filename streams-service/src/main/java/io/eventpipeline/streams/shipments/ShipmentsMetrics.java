package io.eventpipeline.streams.shipments;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/**
 * Counts what happens to orders: {@code pipeline.shipments.orders} by {@code outcome}. It counts
 * work, not results: what a rolled-back transaction did is counted again when it is done again.
 */
final class ShipmentsMetrics {

    private final Counter joined;
    private final Counter waiting;
    private final Counter released;
    private final Counter givenUp;

    ShipmentsMetrics(MeterRegistry registry) {
        joined = counter(registry, "joined");
        waiting = counter(registry, "waiting");
        released = counter(registry, "released");
        givenUp = counter(registry, "given-up");
    }

    /** An order found both parts at once. */
    void joined() {
        joined.increment();
    }

    /** An order began to wait. */
    void waiting() {
        waiting.increment();
    }

    /** A waiting order got its last part. */
    void released() {
        released.increment();
    }

    /** A waiting order became a dead letter. */
    void givenUp() {
        givenUp.increment();
    }

    private static Counter counter(MeterRegistry registry, String outcome) {
        return Counter.builder("pipeline.shipments.orders")
                .description("Orders by what happened to them in the shipments topology")
                .tag("outcome", outcome)
                .register(registry);
    }
}
