package io.eventpipeline.standalone.sending;

import io.eventpipeline.standalone.sending.LatencyHistogram.Percentiles;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Sends numbered records, one a request, and repeats what may be repeated under the same {@code
 * Idempotency-Key}. The next record of a key is sent when the one before it was settled, so that
 * the order of a key's numbers is promised.
 */
public final class VerifiableProducer {

    /** Requests that are under way at the same time, at most. */
    private static final int MAX_LANES = 32;

    private final RunId run;
    private final Settings settings;
    private final StopSignal stop;
    private final Consumer<Delivery> told;
    private final LatencyHistogram latency = new LatencyHistogram();
    private final LongAdder acknowledged = new LongAdder();
    private final LongAdder notWritten = new LongAdder();
    private final LongAdder unknown = new LongAdder();
    private final LongAdder retries = new LongAdder();

    /**
     * What to send, and where.
     *
     * @param door where
     * @param count how many records; 0 for as many as until the signal
     * @param perSecond how many in a second; 0 for as fast as possible
     * @param keys how many keys they have; 0 for none, and then they have no order
     * @param size how many bytes a value has
     * @param timeout how long an attempt may take
     * @param retryFor after this time no further attempt is begun
     */
    public record Settings(
            RecordsDoor door,
            int count,
            double perSecond,
            int keys,
            int size,
            Duration timeout,
            Duration retryFor) {

        int last() {
            return count == 0 ? NumberedRecord.MAX_NUMBERS : count;
        }
    }

    /**
     * What came of it. A record whose attempts all ended as not written is not written; if a single
     * one ended otherwise, it is unknown.
     *
     * @param sent records that were tried
     * @param acknowledged records with a receipt
     * @param notWritten records that are certainly not stored
     * @param unknown records that may be stored or not
     * @param retries attempts beyond each record's first
     * @param took how long all took
     * @param latency from the first attempt to the receipt
     */
    public record Summary(
            long sent,
            long acknowledged,
            long notWritten,
            long unknown,
            long retries,
            Duration took,
            Percentiles latency) {}

    /**
     * Creates a producer.
     *
     * @param run marks the records
     * @param settings what to send
     * @param stop ends it early
     * @param told hears of each record when it is settled, by several threads
     */
    public VerifiableProducer(
            RunId run, Settings settings, StopSignal stop, Consumer<Delivery> told) {
        this.run = run;
        this.settings = settings;
        this.stop = stop;
        this.told = told;
    }

    /** Sends all, and returns when the last is settled. */
    public Summary run() {
        long began = System.nanoTime();
        Pace pace = new Pace(began, settings.perSecond());
        int lanes = settings.keys() == 0 ? MAX_LANES : Math.min(settings.keys(), MAX_LANES);
        List<Future<?>> running = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int lane = 0; lane < lanes; lane++) {
                int own = lane;
                running.add(threads.submit(() -> sendLane(own, lanes, pace)));
            }
        }
        running.forEach(Future::resultNow);
        long settled = acknowledged.sum() + notWritten.sum() + unknown.sum();
        return new Summary(
                settled,
                acknowledged.sum(),
                notWritten.sum(),
                unknown.sum(),
                retries.sum(),
                Duration.ofNanos(System.nanoTime() - began),
                latency.percentiles());
    }

    /** A lane has the keys, and without keys the numbers, that leave its own number over. */
    private void sendLane(int lane, int lanes, Pace pace) {
        try (RepeatingSender sender =
                new RepeatingSender(
                        settings.door(), settings.timeout(), settings.retryFor(), stop)) {
            for (int number = 0; number < settings.last(); number++) {
                int turn = settings.keys() == 0 ? number : number % settings.keys();
                if (turn % lanes != lane) {
                    continue;
                }
                if (stop.isGiven() || !pace.await(number, stop)) {
                    return;
                }
                String key = settings.keys() == 0 ? null : Integer.toString(turn);
                Delivery delivery =
                        sender.send(number, key, run.recordId(number), body(number, key));
                count(delivery);
                told.accept(delivery);
            }
        }
    }

    private byte[] body(int number, @Nullable String key) {
        ByteArrayOutputStream body = new ByteArrayOutputStream(settings.size() + 100);
        RecordsDoor.beginEnvelope(body);
        RecordsDoor.writeRecord(body, key, NumberedRecord.value(run, number, settings.size()));
        RecordsDoor.endEnvelope(body);
        return body.toByteArray();
    }

    private void count(Delivery delivery) {
        retries.add(delivery.attempts() - 1L);
        switch (delivery.kind()) {
            case ACKNOWLEDGED -> {
                acknowledged.increment();
                latency.record(delivery.latency().toNanos(), 1);
            }
            case NOT_WRITTEN -> notWritten.increment();
            case UNKNOWN -> unknown.increment();
        }
    }
}
