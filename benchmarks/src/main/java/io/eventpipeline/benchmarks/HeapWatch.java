package io.eventpipeline.benchmarks;

import io.eventpipeline.benchmarks.processes.BenchmarkException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Has another JVM collect its garbage each time when some more records have passed, so that its log
 * shows what is in use then. A thread of its own until closed.
 */
final class HeapWatch implements AutoCloseable {

    private static final Duration PAUSE = Duration.ofMillis(100);

    private final long pid;
    private final long step;
    private final LongSupplier records;
    private final Thread thread;

    /**
     * Collects once at the start, and then after each step.
     *
     * @param pid the other JVM
     * @param step how many records lie between two collections
     * @param records how many have passed
     */
    HeapWatch(long pid, long step, LongSupplier records) {
        this.pid = pid;
        this.step = step;
        this.records = records;
        collect();
        thread = Thread.ofPlatform().daemon().name("heap-watch").start(this::watch);
    }

    private void watch() {
        long next = step;
        try {
            while (!Thread.currentThread().isInterrupted()) {
                if (records.getAsLong() >= next) {
                    collect();
                    next += step;
                }
                Thread.sleep(PAUSE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void collect() {
        try {
            new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                            Long.toString(pid),
                            "GC.run")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new BenchmarkException("jcmd cannot be run", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        collect();
    }
}
