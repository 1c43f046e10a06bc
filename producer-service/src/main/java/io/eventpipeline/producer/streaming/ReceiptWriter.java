package io.eventpipeline.producer.streaming;

import io.eventpipeline.producer.delivery.DeliveryResult;
import io.eventpipeline.producer.delivery.EventPublisher;
import io.eventpipeline.producer.delivery.OutgoingRecord;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ProblemDetail;

/**
 * The other half of a stream: waits for Kafka and writes the receipts, in the order of the lines.
 * What it was handed and has not written takes room in a window, whose end slows the stream down.
 * One thread hands over, another one {@link #run runs}.
 */
final class ReceiptWriter {

    private static final List<Pending> END = List.of();

    private final ReceiptLines lines;
    private final EventPublisher publisher;
    private final Semaphore window;
    private final BlockingQueue<List<Pending>> handedOver = new LinkedBlockingQueue<>();
    private volatile boolean broken;

    ReceiptWriter(ReceiptLines lines, EventPublisher publisher, int window) {
        this.lines = lines;
        this.publisher = publisher;
        this.window = new Semaphore(window);
    }

    /** A line on its way: either sent, with its result to come, or refused. */
    record Pending(
            long index,
            int room,
            @Nullable OutgoingRecord sent,
            @Nullable CompletableFuture<DeliveryResult> result,
            @Nullable ProblemDetail refusal,
            long deadline) {}

    /** Whether nobody reads the receipts any more. */
    boolean isBroken() {
        return broken;
    }

    /** Takes room in the window, if there is enough. */
    boolean tryRoom(int bytes) {
        return window.tryAcquire(bytes);
    }

    /** Waits for room in the window; false if it will never come. */
    boolean awaitRoom(int bytes) {
        try {
            while (!broken) {
                if (window.tryAcquire(bytes, 1, TimeUnit.SECONDS)) {
                    return true;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return false;
    }

    /** Takes lines, at least one, that have room. */
    void handOver(List<Pending> batch) {
        handedOver.add(batch);
    }

    /** Nothing more comes. */
    void end() {
        handedOver.add(END);
    }

    /** Writes until there is no more to come; in a thread of its own. */
    void run() {
        try {
            for (List<Pending> next = take(); !next.isEmpty(); next = take()) {
                for (Pending pending : next) {
                    write(pending);
                }
            }
            flush();
        } catch (InterruptedException e) {
            broken = true;
        }
    }

    private List<Pending> take() throws InterruptedException {
        List<Pending> next = handedOver.poll();
        if (next == null) {
            flush();
            next = handedOver.take();
        }
        return next;
    }

    private void write(Pending pending) throws InterruptedException {
        DeliveryResult result = await(pending);
        try {
            if (result != null) {
                publisher.count(result);
                if (!broken) {
                    lines.write(pending.index(), result);
                }
            } else if (pending.refusal() != null && !broken) {
                lines.write(pending.index(), pending.refusal());
            }
        } catch (IOException e) {
            broken = true;
        } finally {
            window.release(pending.room());
        }
    }

    private @Nullable DeliveryResult await(Pending pending) throws InterruptedException {
        CompletableFuture<DeliveryResult> result = pending.result();
        OutgoingRecord sent = pending.sent();
        if (result == null || sent == null) {
            return null;
        }
        if (result.isDone()) {
            return result.resultNow();
        }
        flush();
        try {
            return result.get(
                    Math.max(0, pending.deadline() - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            return EventPublisher.notConfirmed(sent);
        } catch (ExecutionException e) {
            throw new IllegalStateException("A result is never completed with an exception", e);
        }
    }

    private void flush() {
        try {
            if (!broken) {
                lines.flush();
            }
        } catch (IOException e) {
            broken = true;
        }
    }
}
