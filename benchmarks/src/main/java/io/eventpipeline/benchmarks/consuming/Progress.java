package io.eventpipeline.benchmarks.consuming;

import io.eventpipeline.benchmarks.load.CpuTimes;
import io.eventpipeline.benchmarks.processes.BenchmarkException;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Watches a count grow and measures between two looks: from when it began to move, so that joining
 * a group and starting a process are left out, to its end.
 */
public final class Progress {

    private static final Duration LOOK = Duration.ofMillis(20);
    private static final Duration STANDSTILL = Duration.ofMinutes(2);

    private final LongSupplier count;
    private final TreeCpu cpu;

    /** Of a count, which may be asked often. */
    public Progress(LongSupplier count, TreeCpu cpu) {
        this.count = count;
        this.cpu = cpu;
    }

    /**
     * Measures.
     *
     * @param from not before the count is this
     * @param to until the count is this
     * @param longest and no longer than this
     * @throws BenchmarkException if it does not move for two minutes
     */
    public Throughput measure(long from, long to, Duration longest) {
        long first = awaitAtLeast(from);
        long start = System.nanoTime();
        CpuTimes before = cpu.get();
        long now = first;
        long last = first;
        long moved = start;
        while (now < to && System.nanoTime() - start < longest.toNanos()) {
            Waiting.pause(LOOK);
            now = count.getAsLong();
            if (now != last) {
                last = now;
                moved = System.nanoTime();
            }
            requireMove(moved, now);
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        return new Throughput(now - first, seconds, cpu.get().since(before));
    }

    private long awaitAtLeast(long from) {
        long asked = System.nanoTime();
        long now = count.getAsLong();
        while (now < from) {
            Waiting.pause(LOOK);
            now = count.getAsLong();
            requireMove(asked, now);
        }
        return now;
    }

    private static void requireMove(long since, long now) {
        if (System.nanoTime() - since > STANDSTILL.toNanos()) {
            throw new BenchmarkException("nothing moves any more: stands at " + now);
        }
    }
}
