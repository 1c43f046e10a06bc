package io.eventpipeline.benchmarks.streaming;

import io.eventpipeline.benchmarks.processes.BenchmarkException;
import io.eventpipeline.benchmarks.processes.ServiceProcess;
import io.eventpipeline.benchmarks.report.Figures;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.HdrHistogram.Histogram;

/**
 * From REST to result: events at a steady rate to producer-service, and a reader of committed
 * results. An event's latency begins when it was planned to be sent.
 */
public final class LatencyRun {

    /** To make the events. */
    private static final Duration LEAD = Duration.ofSeconds(5);

    private static final Duration STANDSTILL = Duration.ofSeconds(30);
    private static final double NANOS_PER_MILLI = 1e6;
    private static final int DIGITS = 3;

    private final ServiceProcess producer;
    private final String bootstrapServers;
    private final Workload workload;
    private final int perSecond;
    private final Duration warmUp;
    private final Duration measured;

    /** Runs over one workload. */
    public LatencyRun(
            ServiceProcess producer,
            String bootstrapServers,
            Workload workload,
            int perSecond,
            Duration warmUp,
            Duration measured) {
        this.producer = producer;
        this.bootstrapServers = bootstrapServers;
        this.workload = workload;
        this.perSecond = perSecond;
        this.warmUp = warmUp;
        this.measured = measured;
    }

    /**
     * Measures a program, which is paused before and after.
     *
     * @throws BenchmarkException if an event is in no result
     */
    public Figures measure(StreamsTarget target) {
        int skipped = Math.toIntExact(warmUp.toSeconds() * perSecond);
        int count = Math.toIntExact(skipped + measured.toSeconds() * perSecond);
        target.drain();
        Instant begin = Instant.now().plus(LEAD);
        Workload.PacedEvents events = workload.paced(count, begin, perSecond);
        long[] seen = new long[count];
        target.resume();
        try (ResultReader reader = ResultReader.ofNew(bootstrapServers, target.output());
                PacedRequests requests =
                        new PacedRequests(
                                producer.url(workload.door()),
                                System.nanoTime()
                                        + Duration.between(Instant.now(), begin).toNanos(),
                                perSecond,
                                count)) {
            CompletableFuture<Void> sent = CompletableFuture.runAsync(() -> requests.send(events));
            read(reader, events, seen, sent);
            sent.join();
            return figures(target, requests, seen, skipped);
        } catch (CompletionException e) {
            throw new BenchmarkException("the requests could not be sent", e);
        } finally {
            target.pause();
        }
    }

    private static void read(
            ResultReader reader,
            Workload.PacedEvents events,
            long[] seen,
            CompletableFuture<Void> sent) {
        int[] left = {seen.length};
        long[] last = {System.nanoTime()};
        while (left[0] > 0) {
            reader.read(result -> {
                for (int number : events.newlyIn(result)) {
                    last[0] = System.nanoTime();
                    seen[number] = last[0];
                    left[0]--;
                }
            });
            if (sent.isDone() && System.nanoTime() - last[0] > STANDSTILL.toNanos()) {
                throw new BenchmarkException("%d events are in no result".formatted(left[0]));
            }
        }
    }

    private Figures figures(
            StreamsTarget target, PacedRequests requests, long[] seen, int skipped) {
        Histogram results = new Histogram(DIGITS);
        Histogram answers = new Histogram(DIGITS);
        for (int i = skipped; i < seen.length; i++) {
            results.recordValue(Math.max(0, seen[i] - requests.planned(i)));
            answers.recordValue(Math.max(0, requests.answered(i) - requests.planned(i)));
        }
        Map<String, Double> figures = new LinkedHashMap<>();
        figures.put("events/s sent", (double) perSecond);
        figures.put("p50 ms", results.getValueAtPercentile(50) / NANOS_PER_MILLI);
        figures.put("p99 ms", results.getValueAtPercentile(99) / NANOS_PER_MILLI);
        figures.put("max ms", results.getMaxValue() / NANOS_PER_MILLI);
        figures.put("answered p99 ms", answers.getValueAtPercentile(99) / NANOS_PER_MILLI);
        figures.put("not 200", (double) requests.failures());
        return new Figures(target.name() + ", latency", figures);
    }
}
