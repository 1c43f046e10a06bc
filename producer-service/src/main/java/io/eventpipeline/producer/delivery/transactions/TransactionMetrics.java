package io.eventpipeline.producer.delivery.transactions;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Counts and times transactions, and shows how busy their producers are. Thread-safe. */
final class TransactionMetrics {

    private final MeterRegistry registry;
    private final Timer waits;
    private final Counter renewals;

    /** How a transaction ended. */
    enum End {
        COMMITTED("committed"),
        ABORTED("aborted"),
        REFUSED("refused"),
        UNKNOWN("unknown");

        private final String word;

        End(String word) {
            this.word = word;
        }
    }

    TransactionMetrics(MeterRegistry registry) {
        this.registry = registry;
        waits =
                Timer.builder("pipeline.producer.transactions.wait")
                        .description("How long a request waited for a transactional producer")
                        .register(registry);
        renewals =
                Counter.builder("pipeline.producer.transactions.renewals")
                        .description("Transactional producers that failed and were made anew")
                        .register(registry);
        for (End end : End.values()) {
            transactions(end);
        }
    }

    private Timer transactions(End end) {
        return Timer.builder("pipeline.producer.transactions")
                .description("Transactions by their end, and how long they took")
                .tag("outcome", end.word)
                .publishPercentileHistogram()
                .register(registry);
    }

    void showSlots(String state, Supplier<Number> count) {
        Gauge.builder("pipeline.producer.transactions.slots", count)
                .description("Transactional producers by state; the others are being opened")
                .tag("state", state)
                .register(registry);
    }

    void waited(long nanos) {
        waits.record(nanos, TimeUnit.NANOSECONDS);
    }

    void renewed() {
        renewals.increment();
    }

    void ended(End end, long nanos) {
        transactions(end).record(nanos, TimeUnit.NANOSECONDS);
    }
}
