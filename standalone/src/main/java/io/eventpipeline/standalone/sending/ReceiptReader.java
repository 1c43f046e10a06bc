package io.eventpipeline.standalone.sending;

import io.eventpipeline.standalone.sending.LoadTest.Block;
import java.io.EOFException;
import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import org.jspecify.annotations.Nullable;

/**
 * Reads the receipts of a stream, a line for each record in the order in which they were sent, on a
 * thread of its own; the writing thread announces records before it sends them, and waits while too
 * many are without an answer.
 */
final class ReceiptReader implements Runnable {

    /** Records on their way, at most; a power of two. */
    private static final int WINDOW = 8 * 1024;

    private final HttpConnection connection;
    private final LoadReport report;
    private final AtomicLongArray sentAt = new AtomicLongArray(WINDOW);
    private final Semaphore room = new Semaphore(WINDOW);
    private final AtomicLong announced = new AtomicLong();
    private long answered;
    private byte[] bytes = new byte[64 * 1024];
    private int filled;
    private volatile @Nullable IOException failure;
    private volatile @Nullable Outcome refusal;

    ReceiptReader(HttpConnection connection, LoadReport report) {
        this.connection = connection;
        this.report = report;
    }

    /** Announces records, for the writing thread. Returns false if they must not be sent. */
    boolean expect(Block block, Pace pace) {
        room.acquireUninterruptibly(block.size());
        IOException broken = failure;
        report.sent(block.size());
        if (broken != null || refusal != null) {
            report.failed(
                    Outcome.unreachable(broken == null ? new EOFException("refused") : broken),
                    block.size());
            return false;
        }
        long now = System.nanoTime();
        long number = announced.get();
        for (int index = 0; index < block.size(); index++) {
            long since = pace.perSecond() == 0 ? now : pace.due(block.from() + (long) index);
            sentAt.set((int) ((number + index) % WINDOW), since);
        }
        announced.addAndGet(block.size());
        return true;
    }

    /** Tells it that writing failed; the first failure counts. */
    void broken(IOException cause) {
        if (failure == null) {
            failure = cause;
        }
    }

    @Override
    public void run() {
        try {
            HttpConnection.Head head = connection.head();
            try (HttpBody body = connection.body(head)) {
                if (head.status() == 200) {
                    readLines(body);
                } else {
                    refusal = Outcome.of(head.status(), Outcome.json(body.readAllBytes()));
                }
            }
        } catch (IOException e) {
            broken(e);
        } finally {
            // Wakes the writer: it waits for room, or for a server that reads no more.
            if (failure != null || refusal != null) {
                connection.abort();
            }
            room.release(WINDOW);
        }
    }

    /** Waits for the last answer. Returns whether every record was answered by itself. */
    boolean awaitEnd(Thread reader) {
        try {
            reader.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
        long open = announced.get() - answered;
        Outcome outcome = refusal;
        if (outcome == null && open > 0) {
            IOException cause = failure;
            outcome =
                    Outcome.unanswered(
                            cause == null ? new EOFException("the receipts ended early") : cause);
        }
        if (outcome != null) {
            report.failed(outcome, open);
        }
        return outcome == null && failure == null;
    }

    /** Whether the service refused the stream as a whole, and would do so again. */
    boolean isRefusedForGood() {
        Outcome outcome = refusal;
        return outcome != null && !outcome.retryable();
    }

    private void readLines(HttpBody body) throws IOException {
        while (true) {
            if (filled == bytes.length) {
                bytes = Arrays.copyOf(bytes, 2 * bytes.length);
            }
            int read = body.read(bytes, filled, bytes.length - filled);
            if (read < 0) {
                return;
            }
            int end = filled + read;
            int lineStart = 0;
            int lines = 0;
            long now = System.nanoTime();
            for (int at = filled; at < end; at++) {
                if (bytes[at] == '\n') {
                    lines += line(lineStart, at, now);
                    lineStart = at + 1;
                }
            }
            filled = end - lineStart;
            System.arraycopy(bytes, lineStart, bytes, 0, filled);
            room.release(lines);
        }
    }

    /** Counts a line. Returns how many records it answers: one, or none if it is empty. */
    private int line(int from, int to, long now) {
        if (to == from) {
            return 0;
        }
        long since = sentAt.get((int) (answered % WINDOW));
        answered++;
        if (ReceiptScan.isReceipt(bytes, from, to)) {
            report.acknowledged(1, now - since);
        } else {
            report.failed(Outcome.of(500, Outcome.json(Arrays.copyOfRange(bytes, from, to))), 1);
        }
        return 1;
    }
}
