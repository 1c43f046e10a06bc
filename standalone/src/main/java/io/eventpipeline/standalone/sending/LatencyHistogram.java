package io.eventpipeline.standalone.sending;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * How long answers took, to within one percent, in constant space. Counts by several threads at
 * once.
 */
public final class LatencyHistogram {

    /** Each power of two of microseconds has so many buckets. */
    private static final int STEPS = 128;

    private static final int STEP_BITS = 7;

    private final AtomicLongArray buckets = new AtomicLongArray(STEPS * 36);
    private final AtomicLong count = new AtomicLong();
    private final AtomicLong sumMicros = new AtomicLong();
    private final AtomicLong maxMicros = new AtomicLong();

    /** Counts records that were answered after so many nanoseconds. */
    void record(long nanos, long records) {
        long micros = Math.max(0, nanos) / 1_000;
        buckets.addAndGet(bucket(micros), records);
        count.addAndGet(records);
        sumMicros.addAndGet(micros * records);
        maxMicros.accumulateAndGet(micros, Math::max);
    }

    /** What was counted since the last time, which starts again from nothing. */
    Percentiles reset() {
        Percentiles result = percentiles();
        for (int bucket = 0; bucket < buckets.length(); bucket++) {
            buckets.set(bucket, 0);
        }
        count.set(0);
        sumMicros.set(0);
        maxMicros.set(0);
        return result;
    }

    Percentiles percentiles() {
        long all = count.get();
        return new Percentiles(
                all == 0 ? 0 : sumMicros.get() / 1e3 / all,
                percentile(all, 0.5),
                percentile(all, 0.95),
                percentile(all, 0.99),
                percentile(all, 0.999),
                maxMicros.get() / 1e3);
    }

    /**
     * In milliseconds.
     *
     * @param avg the mean
     * @param p50 half took no longer
     * @param p95 95 of 100 took no longer
     * @param p99 99 of 100 took no longer
     * @param p999 999 of 1000 took no longer
     * @param max the longest
     */
    public record Percentiles(
            double avg, double p50, double p95, double p99, double p999, double max) {}

    private double percentile(long all, double part) {
        long wanted = (long) Math.ceil(all * part);
        long passed = 0;
        for (int bucket = 0; bucket < buckets.length() && wanted > 0; bucket++) {
            passed += buckets.get(bucket);
            if (passed >= wanted) {
                return Math.min(highest(bucket), maxMicros.get()) / 1e3;
            }
        }
        return 0;
    }

    private static int bucket(long micros) {
        if (micros < STEPS) {
            return (int) micros;
        }
        int shift = 63 - Long.numberOfLeadingZeros(micros) - STEP_BITS;
        int bucket = (shift + 1) * STEPS + (int) (micros >> shift) - STEPS;
        return Math.min(bucket, STEPS * 36 - 1);
    }

    private static long highest(int bucket) {
        if (bucket < STEPS) {
            return bucket;
        }
        int shift = bucket / STEPS - 1;
        return ((long) (bucket % STEPS + STEPS + 1) << shift) - 1;
    }
}
