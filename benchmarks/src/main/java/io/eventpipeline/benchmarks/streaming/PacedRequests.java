package io.eventpipeline.benchmarks.streaming;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.LockSupport;

/**
 * Requests that leave at planned times, whether or not those before them were answered, so that a
 * service that falls behind is seen to. Times are those of {@link System#nanoTime()}.
 */
final class PacedRequests implements AutoCloseable {

    private static final Duration ANSWER = Duration.ofSeconds(30);
    private static final int OK = 200;

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI url;
    private final long begin;
    private final int perSecond;
    private final AtomicLongArray answered;
    private final AtomicInteger failures = new AtomicInteger();

    /**
     * A plan.
     *
     * @param begin when the first one leaves
     * @param count how many there are
     */
    PacedRequests(URI url, long begin, int perSecond, int count) {
        this.url = url;
        this.begin = begin;
        this.perSecond = perSecond;
        this.answered = new AtomicLongArray(count);
    }

    /** When a request was to leave. */
    long planned(int number) {
        return begin + number * 1_000_000_000L / perSecond;
    }

    /** When it was answered; 0 if it was not yet. */
    long answered(int number) {
        return answered.get(number);
    }

    /** How many were not answered with 200. */
    int failures() {
        return failures.get();
    }

    /** Sends all; returns when the last has left. */
    void send(Workload.PacedEvents events) {
        for (int i = 0; i < answered.length(); i++) {
            long wait = planned(i) - System.nanoTime();
            while (wait > 0) {
                LockSupport.parkNanos(wait);
                wait = planned(i) - System.nanoTime();
            }
            send(i, events.body(i));
        }
    }

    private void send(int number, byte[] body) {
        var _ =
                http.sendAsync(
                                HttpRequest.newBuilder(url)
                                        .timeout(ANSWER)
                                        .header("Content-Type", "application/json")
                                        .POST(BodyPublishers.ofByteArray(body))
                                        .build(),
                                BodyHandlers.discarding())
                        .whenComplete((answer, failure) -> {
                            answered.set(number, System.nanoTime());
                            if (failure != null || answer.statusCode() != OK) {
                                failures.incrementAndGet();
                            }
                        });
    }

    @Override
    public void close() {
        http.close();
    }
}
