package io.eventpipeline.standalone.sending;

import io.eventpipeline.standalone.sending.LatencyHistogram.Percentiles;
import io.eventpipeline.standalone.sending.Outcome.Kind;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** Counts what became of a load test's records; all connections count at once. */
public final class LoadReport {

    private final long began = System.nanoTime();
    private final LongAdder sent = new LongAdder();
    private final LongAdder acknowledged = new LongAdder();
    private final LongAdder notWritten = new LongAdder();
    private final LongAdder unknown = new LongAdder();
    private final LatencyHistogram latency = new LatencyHistogram();
    private final LatencyHistogram latencyOfInterval = new LatencyHistogram();
    private final Map<String, LongAdder> failures = new ConcurrentHashMap<>();
    private Figures last = new Figures(0, 0, 0, 0, Duration.ZERO, latency.percentiles(), Map.of());

    LoadReport() {}

    /**
     * What became of the records.
     *
     * @param sent records that were sent
     * @param acknowledged records with a receipt
     * @param notWritten records that are certainly not stored
     * @param unknown records that may be stored or not
     * @param took how long it took
     * @param latency until the receipt
     * @param failures how many records had which problem, since the run began
     */
    public record Figures(
            long sent,
            long acknowledged,
            long notWritten,
            long unknown,
            Duration took,
            Percentiles latency,
            Map<String, Long> failures) {

        /** Records with a receipt in a second. */
        public double perSecond() {
            return acknowledged / Math.max(took.toNanos() / 1e9, 1e-9);
        }
    }

    void sent(int records) {
        sent.add(records);
    }

    void acknowledged(int records, long nanos) {
        acknowledged.add(records);
        latency.record(nanos, records);
        latencyOfInterval.record(nanos, records);
    }

    void failed(Outcome outcome, long records) {
        (outcome.kind() == Kind.NOT_WRITTEN ? notWritten : unknown).add(records);
        failures.computeIfAbsent(outcome.reason(), _ -> new LongAdder()).add(records);
    }

    /** What happened since the run began. */
    Figures total() {
        return figures(latency.percentiles());
    }

    /** What happened since this was asked the last time; for one thread. */
    Figures sinceLastTime() {
        Figures now = figures(latencyOfInterval.reset());
        Figures interval =
                new Figures(
                        now.sent - last.sent,
                        now.acknowledged - last.acknowledged,
                        now.notWritten - last.notWritten,
                        now.unknown - last.unknown,
                        now.took.minus(last.took),
                        now.latency,
                        now.failures);
        last = now;
        return interval;
    }

    private Figures figures(Percentiles percentiles) {
        Map<String, Long> counted = new TreeMap<>();
        failures.forEach((reason, records) -> counted.put(reason, records.sum()));
        return new Figures(
                sent.sum(),
                acknowledged.sum(),
                notWritten.sum(),
                unknown.sum(),
                Duration.ofNanos(System.nanoTime() - began),
                percentiles,
                counted);
    }
}
