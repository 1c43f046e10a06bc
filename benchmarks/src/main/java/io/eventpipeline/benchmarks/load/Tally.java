package io.eventpipeline.benchmarks.load;

import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.HdrHistogram.Histogram;

/**
 * Counts answers, those of the measured time apart from those before and after. Not safe for use by
 * several threads.
 */
final class Tally {

    private static final long LONGEST_NANOS = TimeUnit.MINUTES.toNanos(5);
    private static final int DIGITS = 3;
    private static final double NANOS_PER_MILLI = 1e6;
    private static final double NANOS_PER_SECOND = 1e9;

    private final Supplier<CpuTimes> cpu;
    private final Histogram latencies = new Histogram(LONGEST_NANOS, DIGITS);
    private boolean measuring;
    private long began;
    private long took;
    private CpuTimes cpuBefore = CpuTimes.none();
    private CpuTimes cpuUsed = CpuTimes.none();
    private long requests;
    private long records;
    private long failures;
    private long acknowledged;

    Tally(Supplier<CpuTimes> cpu) {
        this.cpu = cpu;
    }

    void begin() {
        cpuBefore = cpu.get();
        measuring = true;
        began = System.nanoTime();
    }

    void end() {
        took = System.nanoTime() - began;
        measuring = false;
        cpuUsed = cpu.get().since(cpuBefore);
    }

    boolean isMeasuring() {
        return measuring;
    }

    void stored(int newRequests, int newRecords) {
        acknowledged += newRecords;
        if (measuring) {
            requests += newRequests;
            records += newRecords;
        }
    }

    void took(long nanos) {
        if (measuring) {
            latencies.recordValue(Math.clamp(nanos, 1, LONGEST_NANOS));
        }
    }

    /** Counted at any time: a failure before the measured time makes it doubtful too. */
    void failed() {
        failures++;
    }

    long failures() {
        return failures;
    }

    long acknowledged() {
        return acknowledged;
    }

    LoadResult result() {
        return new LoadResult(
                took / NANOS_PER_SECOND,
                requests,
                records,
                failures,
                latencies.getValueAtPercentile(50) / NANOS_PER_MILLI,
                latencies.getValueAtPercentile(99) / NANOS_PER_MILLI,
                acknowledged,
                cpuUsed);
    }
}
