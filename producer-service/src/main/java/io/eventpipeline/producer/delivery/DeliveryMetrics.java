package io.eventpipeline.producer.delivery;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter.MeterProvider;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** Counts events by topic and outcome, and times how long senders waited for Kafka. Thread-safe. */
final class DeliveryMetrics {

    private final MeterProvider<Counter> events;
    private final MeterProvider<Timer> waits;

    DeliveryMetrics(MeterRegistry registry) {
        events =
                Counter.builder("pipeline.producer.events")
                        .description("Events that were sent, by topic and what became of them")
                        .withRegistry(registry);
        waits =
                Timer.builder("pipeline.producer.delivery")
                        .description("How long a request waited until all its events had a result")
                        .publishPercentileHistogram()
                        .withRegistry(registry);
    }

    void record(List<OutgoingEvent> sent, List<DeliveryResult> results, long nanos) {
        if (sent.isEmpty()) {
            return;
        }
        for (DeliveryResult result : results) {
            events.withTags("topic", result.topic(), "outcome", outcome(result)).increment();
        }
        String profile = sent.getFirst().topic().profile().name().toLowerCase(Locale.ROOT);
        waits.withTags("profile", profile).record(nanos, TimeUnit.NANOSECONDS);
    }

    private static String outcome(DeliveryResult result) {
        return switch (result) {
            case Receipt receipt -> "stored";
            case DeliveryFailure failure -> failure.outcome().word();
        };
    }
}
