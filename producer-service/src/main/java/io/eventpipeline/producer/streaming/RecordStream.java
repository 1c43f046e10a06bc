package io.eventpipeline.producer.streaming;

import io.eventpipeline.model.json.InvalidEventException;
import io.eventpipeline.model.json.MalformedJsonException;
import io.eventpipeline.model.json.Violation;
import io.eventpipeline.producer.delivery.DeliveryFailure;
import io.eventpipeline.producer.delivery.DeliveryResult;
import io.eventpipeline.producer.delivery.EventPublisher;
import io.eventpipeline.producer.delivery.OutgoingRecord;
import io.eventpipeline.producer.ratelimits.StreamPace;
import io.eventpipeline.producer.records.RecordFactory;
import io.eventpipeline.producer.records.RecordLine;
import io.eventpipeline.producer.streaming.ReceiptWriter.Pending;
import io.eventpipeline.producer.topics.AvailableTopic;
import io.eventpipeline.starter.problem.ProblemType;
import io.eventpipeline.starter.problem.Problems;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.ProblemDetail;

/**
 * One stream: the thread of the request reads and sends, a second one waits for Kafka and writes
 * the receipts, in order. What is between them is bounded by the window. Each record is answered
 * within the deadline after it was sent; a sender that does not read its receipts stops its own
 * stream.
 */
final class RecordStream {

    private static final Logger log = LoggerFactory.getLogger(RecordStream.class);

    private static final int BATCH = 256;
    private static final int ROOM_OF_A_REFUSAL = 256;
    private static final Duration PAUSE_WHILE_BUSY = Duration.ofMillis(5);
    private static final Duration LONGEST_PAUSE = Duration.ofMillis(200);

    private final AvailableTopic topic;
    private final Supplier<RecordFactory.Request> begin;
    private final RecordFactory factory;
    private final EventPublisher publisher;
    private final StreamingProperties properties;
    private final StreamPace pace;
    private final ReceiptWriter receipts;
    private final RecordLine line;
    private List<Pending> batch = new ArrayList<>(BATCH);
    private RecordFactory.@Nullable Request request;
    private long taken;
    private volatile boolean ending;

    RecordStream(
            AvailableTopic topic,
            Supplier<RecordFactory.Request> begin,
            RecordFactory factory,
            EventPublisher publisher,
            StreamingProperties properties,
            StreamPace pace,
            ReceiptLines lines) {
        this.topic = topic;
        this.begin = begin;
        this.factory = factory;
        this.publisher = publisher;
        this.properties = properties;
        this.pace = pace;
        this.line = new RecordLine(topic);
        this.receipts = new ReceiptWriter(lines, publisher, (int) properties.window().toBytes());
    }

    /** Reads no more after the line in hand. */
    void end() {
        ending = true;
    }

    /** Takes the stream to its end, which a sender that fails brings about too. */
    void run(InputStream in) {
        Thread writer = Thread.ofVirtual().name("receipts").start(receipts::run);
        try {
            readRecords(in);
        } catch (IOException e) {
            // Gone, or silent for too long; Tomcat answers nothing more after a failed read.
            log.debug("The sender of a stream is gone after {} lines", taken, e);
        } finally {
            handOver();
            receipts.end();
            join(writer);
        }
    }

    private void readRecords(InputStream in) throws IOException {
        LineReader reader =
                new LineReader(in, (int) properties.maxLineSize().toBytes(), this::beforeWaiting);
        while (!receipts.isBroken() && !ending) {
            switch (reader.next()) {
                case END -> {
                    return;
                }
                case TOO_LONG ->
                        refuse(
                                taken++,
                                ProblemType.TOO_LARGE.detail(
                                        "The line is longer than the limit of "
                                                + properties.maxLineSize().toBytes()
                                                + " bytes"));
                case LINE -> {
                    if (!isBlank(reader)) {
                        take(taken++, reader);
                    }
                }
            }
        }
        if (ending) {
            refuse(taken, ProblemType.OVERLOADED.detail("The service ends; send the rest again"));
        }
    }

    /** Lines read so far must not wait for those that the sender has not sent yet. */
    private void beforeWaiting() {
        handOver();
        request = null;
    }

    private static boolean isBlank(LineReader reader) {
        for (int i = reader.start(); i < reader.start() + reader.length(); i++) {
            if (reader.bytes()[i] != ' ' && reader.bytes()[i] != '\t') {
                return false;
            }
        }
        return true;
    }

    private void take(long index, LineReader reader) {
        RecordFactory.Request now = request;
        if (now == null) {
            now = begin.get();
            request = now;
        }
        OutgoingRecord made;
        try {
            List<Violation> violations = new ArrayList<>(0);
            made =
                    factory.make(
                            line.read(reader.bytes(), reader.start(), reader.length()),
                            topic,
                            now,
                            index,
                            violations::add);
            if (made == null) {
                throw new InvalidEventException("record", violations);
            }
        } catch (InvalidEventException e) {
            refuse(index, Problems.of(e));
            return;
        } catch (MalformedJsonException e) {
            refuse(index, ProblemType.MALFORMED_BODY.detail(String.valueOf(e.getMessage())));
            return;
        }
        int room = Math.min(reader.length(), (int) properties.window().toBytes());
        if (awaitRoom(room)) {
            CompletableFuture<DeliveryResult> result = send(made);
            add(
                    new Pending(
                            index,
                            room,
                            made,
                            result,
                            null,
                            System.nanoTime() + publisher.deadline().toNanos()));
            slowDown(pace.after(made));
        }
    }

    /** A sender over its limit is read from later, and has its receipts meanwhile. */
    private void slowDown(long nanos) {
        if (nanos <= 0) {
            return;
        }
        beforeWaiting();
        long end = System.nanoTime() + nanos;
        for (long left = nanos; left > 0 && !receipts.isBroken() && !ending; ) {
            LockSupport.parkNanos(Math.min(left, LONGEST_PAUSE.toNanos()));
            left = end - System.nanoTime();
        }
    }

    /** A topic with too much in flight is waited for: that is what slows the sender down. */
    private CompletableFuture<DeliveryResult> send(OutgoingRecord made) {
        long deadline = System.nanoTime() + publisher.deadline().toNanos();
        CompletableFuture<DeliveryResult> result = publisher.send(made);
        while (isBusy(result) && !receipts.isBroken() && System.nanoTime() < deadline) {
            handOver();
            try {
                Thread.sleep(PAUSE_WHILE_BUSY);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return result;
            }
            result = publisher.send(made);
        }
        return result;
    }

    private static boolean isBusy(CompletableFuture<DeliveryResult> result) {
        return result.isDone()
                && result.resultNow() instanceof DeliveryFailure failure
                && (failure.type() == ProblemType.TOPIC_BUSY
                        || failure.type() == ProblemType.OVERLOADED);
    }

    /** A refusal takes room too, so that a sender of nothing but nonsense has to read it. */
    private void refuse(long index, ProblemDetail problem) {
        problem.setProperty("outcome", DeliveryFailure.Outcome.NOT_WRITTEN.word());
        int room = Math.min(ROOM_OF_A_REFUSAL, (int) properties.window().toBytes());
        if (awaitRoom(room)) {
            add(new Pending(index, room, null, null, problem, 0));
        }
    }

    private void add(Pending pending) {
        batch.add(pending);
        if (batch.size() == BATCH) {
            handOver();
        }
    }

    private void handOver() {
        if (!batch.isEmpty()) {
            receipts.handOver(batch);
            batch = new ArrayList<>(BATCH);
        }
    }

    private boolean awaitRoom(int bytes) {
        if (receipts.tryRoom(bytes)) {
            return true;
        }
        handOver();
        return receipts.awaitRoom(bytes);
    }

    private static void join(Thread writer) {
        try {
            writer.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
