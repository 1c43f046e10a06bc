package io.eventpipeline.producer.delivery;

import io.eventpipeline.model.topic.DeliveryProfile;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter.MeterProvider;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** Counts events by topic and outcome, and times how long senders waited for Kafka. Thread-safe. */
public final class DeliveryMetrics {

    private final MeterProvider<Counter> events;
    private final Map<Kind, Counter> counters = new ConcurrentHashMap<>();
    private final Map<DeliveryProfile, Timer> waits = new EnumMap<>(DeliveryProfile.class);

    /** The tags of a counter: looked up for each event, so their meter is not. */
    private record Kind(String topic, String outcome, String problem) {}

    DeliveryMetrics(MeterRegistry registry) {
        events =
                Counter.builder("pipeline.producer.events")
                        .description("Events that were sent, by topic and what became of them")
                        .withRegistry(registry);
        MeterProvider<Timer> timers =
                Timer.builder("pipeline.producer.delivery")
                        .description("How long a request waited until all its events had a result")
                        .publishPercentileHistogram()
                        .withRegistry(registry);
        for (DeliveryProfile profile : DeliveryProfile.values()) {
            waits.put(profile, timers.withTags("profile", profile.name().toLowerCase(Locale.ROOT)));
        }
    }

    void record(List<OutgoingRecord> sent, List<DeliveryResult> results, long nanos) {
        if (sent.isEmpty()) {
            return;
        }
        countAll(results);
        Objects.requireNonNull(waits.get(sent.getFirst().profile()))
                .record(nanos, TimeUnit.NANOSECONDS);
    }

    /**
     * Most requests have one topic and one outcome: neighbours that are alike are counted at once.
     */
    private void countAll(List<DeliveryResult> results) {
        int counted = 0;
        while (counted < results.size()) {
            DeliveryResult first = results.get(counted);
            int end = counted + 1;
            while (end < results.size()
                    && first instanceof Receipt
                    && results.get(end) instanceof Receipt next
                    && next.topic().equals(first.topic())) {
                end++;
            }
            counter(first).increment(end - counted);
            counted = end;
        }
    }

    /** Counts one event. */
    public void count(DeliveryResult result) {
        counter(result).increment();
    }

    private Counter counter(DeliveryResult result) {
        return counters.computeIfAbsent(
                new Kind(result.topic(), outcome(result), problem(result)), this::counter);
    }

    private Counter counter(Kind kind) {
        return events.withTags(
                "topic", kind.topic(), "outcome", kind.outcome(), "problem", kind.problem());
    }

    private static String problem(DeliveryResult result) {
        return switch (result) {
            case Receipt _ -> "none";
            case DeliveryFailure failure -> failure.type().slug();
        };
    }

    private static String outcome(DeliveryResult result) {
        return switch (result) {
            case Receipt receipt -> "stored";
            case DeliveryFailure failure -> failure.outcome().word();
        };
    }
}
