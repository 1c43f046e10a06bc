package io.eventpipeline.streams.payments;

import io.eventpipeline.model.commerce.PaymentUnmatched;
import io.eventpipeline.streams.derivation.DerivedEvent;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * Reports the halves that stayed alone, under their customer, and counts all: {@code
 * pipeline.streams.payments} by {@code outcome}. One instance a task.
 */
final class MatchProcessor
        extends ContextualProcessor<String, MatchProcessor.Match, String, PaymentUnmatched> {

    /** What a join found: both halves, or one. */
    record Match(@Nullable PaymentHalf order, @Nullable PaymentHalf payment) {}

    private final Counter matched;
    private final Counter orderMissing;
    private final Counter paymentMissing;

    private MatchProcessor(MeterRegistry registry) {
        matched = counter(registry, "matched");
        orderMissing = counter(registry, "order-missing");
        paymentMissing = counter(registry, "payment-missing");
    }

    static ProcessorSupplier<String, Match, String, PaymentUnmatched> supplier(
            MeterRegistry registry) {
        return () -> new MatchProcessor(registry);
    }

    @Override
    public void process(Record<String, Match> record) {
        PaymentHalf order = record.value().order();
        PaymentHalf payment = record.value().payment();
        if (order != null && payment != null) {
            matched.increment();
        } else if (order != null) {
            paymentMissing.increment();
            report(order);
        } else if (payment != null) {
            orderMissing.increment();
            report(payment);
        }
    }

    private void report(PaymentHalf alone) {
        PaymentUnmatched unmatched = alone.unmatched();
        context()
                .forward(
                        new Record<>(
                                unmatched.key(),
                                unmatched,
                                Math.max(0, alone.occurredAt().toEpochMilli()),
                                DerivedEvent.headers(
                                        PaymentUnmatched.class,
                                        DerivedEvent.identity(
                                                PaymentsTopology.NAME, alone.identity()),
                                        alone.occurredAt(),
                                        unmatched.key(),
                                        alone.traceparent())));
    }

    private static Counter counter(MeterRegistry registry, String outcome) {
        return Counter.builder("pipeline.streams.payments")
                .description("Orders and payments by whether they found each other")
                .tag("outcome", outcome)
                .register(registry);
    }
}
