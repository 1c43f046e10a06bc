package io.eventpipeline.standalone.sending;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * Sends numbered records over some connections, as fast as the service takes them or at a rate, and
 * repeats nothing; a refusal that no repetition changes ends the run. With a rate, latency counts
 * from the moment at which a record was due, so that a service which stands still cannot hide the
 * records that it kept waiting.
 */
public final class LoadTest {

    private static final Duration INTERVAL = Duration.ofSeconds(1);

    private final Settings settings;
    private final StopSignal stop;
    private final LoadReport report = new LoadReport();
    private final AtomicLong next = new AtomicLong();
    private final Pace pace;

    /**
     * What to send, and where.
     *
     * @param door where
     * @param run marks the records
     * @param count how many records; 0 for as many as until the signal
     * @param perSecond how many in a second; 0 for as fast as possible
     * @param size how many bytes a value has
     * @param connections how many connections
     * @param batch how many records a request has
     * @param streamed whether each connection sends one request without end, a line a record
     * @param keys how many keys each connection uses; 0 for none
     * @param timeout how long an answer may take
     */
    public record Settings(
            RecordsDoor door,
            RunId run,
            int count,
            double perSecond,
            int size,
            int connections,
            int batch,
            boolean streamed,
            int keys,
            Duration timeout) {}

    /**
     * Some of the run's numbers, next to each other.
     *
     * @param from the first
     * @param size how many
     */
    record Block(int from, int size) {

        int last() {
            return from + size - 1;
        }
    }

    /** Creates a run. */
    public LoadTest(Settings settings, StopSignal stop) {
        this.settings = settings;
        this.stop = stop;
        pace = new Pace(System.nanoTime(), settings.perSecond());
    }

    /**
     * Sends all.
     *
     * @param eachSecond hears what happened in the last second
     * @return what happened altogether
     */
    public LoadReport.Figures run(Consumer<LoadReport.Figures> eachSecond) {
        CountDownLatch sent = new CountDownLatch(1);
        List<Future<?>> running = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int number = 0; number < settings.connections(); number++) {
                LoadConnection connection =
                        settings.streamed()
                                ? new StreamedLoad(number, this)
                                : new BatchedLoad(number, this);
                running.add(threads.submit(connection::run));
            }
            Future<?> reporter = threads.submit(() -> report(sent, eachSecond));
            for (Future<?> connection : running) {
                awaitEnd(connection);
            }
            sent.countDown();
            awaitEnd(reporter);
        }
        return report.total();
    }

    /** Takes the next numbers; none when all are taken, or the signal is given. */
    Block take(int most) {
        if (stop.isGiven()) {
            return new Block(0, 0);
        }
        int limit = settings.count() == 0 ? NumberedRecord.MAX_NUMBERS : settings.count();
        long from = next.getAndAdd(most);
        return new Block((int) Math.min(from, limit), Math.clamp(limit - from, 0, most));
    }

    Settings settings() {
        return settings;
    }

    LoadReport report() {
        return report;
    }

    Pace pace() {
        return pace;
    }

    StopSignal stop() {
        return stop;
    }

    private void report(CountDownLatch sent, Consumer<LoadReport.Figures> eachSecond) {
        try {
            while (!sent.await(INTERVAL.toNanos(), TimeUnit.NANOSECONDS)) {
                eachSecond.accept(report.sinceLastTime());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void awaitEnd(Future<?> task) {
        try {
            task.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }
}
