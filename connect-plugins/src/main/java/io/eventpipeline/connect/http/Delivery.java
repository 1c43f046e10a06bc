package io.eventpipeline.connect.http;

import io.eventpipeline.connect.http.BulkAnswer.Item;
import io.eventpipeline.connect.http.BulkAnswer.UnexpectedAnswerException;
import io.eventpipeline.connect.http.HttpTarget.Answer;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.errors.RetriableException;
import org.apache.kafka.connect.sink.SinkRecord;

/** Delivers batches, and finds the record in them that is refused. */
final class Delivery {

    private final HttpTarget target;
    private final BatchFormat format;
    private final BulkActions actions;
    private final Consumer<List<Line>> delivered;
    private final BiConsumer<SinkRecord, RuntimeException> refused;

    /**
     * Delivers to a target.
     *
     * @param delivered told of lines that need not be sent again
     * @param refused told of a record that the service refuses, and why
     */
    Delivery(
            HttpTarget target,
            BatchFormat format,
            BulkActions actions,
            Consumer<List<Line>> delivered,
            BiConsumer<SinkRecord, RuntimeException> refused) {
        this.target = target;
        this.format = format;
        this.actions = actions;
        this.delivered = delivered;
        this.refused = refused;
    }

    /**
     * Sends lines as one request, or as several if some of them are refused.
     *
     * @throws TryAgainException if lines may be taken later; those that were are not in it
     * @throws ConnectException if the service cannot be used in this way at all
     */
    void deliver(List<Line> lines) {
        Answer answer = post(lines);
        switch (Verdict.of(answer.status())) {
            case ACCEPTED -> accepted(lines, answer);
            case RETRY ->
                    throw new TryAgainException(failure(answer.summary()), answer.retryAfter());
            case REFUSED -> refused(lines, answer);
            case MISCONFIGURED -> throw new ConnectException(failure(answer.summary()));
        }
    }

    private Answer post(List<Line> lines) {
        try {
            return target.post(format.body(lines, actions));
        } catch (IOException e) {
            throw new TryAgainException(failure(e.toString()), Duration.ZERO, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ConnectException("The task is stopped while it sends", e);
        }
    }

    private void accepted(List<Line> lines, Answer answer) {
        if (format == BatchFormat.BULK) {
            judge(lines, items(lines, answer));
        }
        delivered.accept(lines);
    }

    private List<Item> items(List<Line> lines, Answer answer) {
        try {
            return BulkAnswer.read(answer.body(), lines.size());
        } catch (UnexpectedAnswerException e) {
            throw new ConnectException(failure("an answer that " + e.getMessage()), e);
        }
    }

    /** One action that may be done later has the whole batch sent again: the others do no harm. */
    private void judge(List<Line> lines, List<Item> items) {
        for (Item item : items) {
            Verdict verdict = Verdict.of(item.status());
            if (verdict == Verdict.RETRY) {
                throw new TryAgainException(failure(item.reason()), Duration.ZERO);
            }
        }
        for (int i = 0; i < items.size(); i++) {
            if (Verdict.of(items.get(i).status()) != Verdict.ACCEPTED) {
                refuse(lines.get(i), items.get(i).status() + " " + items.get(i).reason());
            }
        }
    }

    private void refused(List<Line> lines, Answer answer) {
        if (lines.size() == 1) {
            refuse(lines.getFirst(), answer.summary());
            delivered.accept(lines);
            return;
        }
        int middle = lines.size() / 2;
        deliver(lines.subList(0, middle));
        deliver(lines.subList(middle, lines.size()));
    }

    private void refuse(Line line, String why) {
        refused.accept(
                line.sinkRecord(),
                new ConnectException(
                        "The record %s was refused by %s: %s"
                                .formatted(line.place(), target.address(), why)));
    }

    private String failure(String why) {
        return "A batch was not delivered to %s: %s".formatted(target.address(), why);
    }

    /** What was not delivered may be later. */
    static final class TryAgainException extends RetriableException {

        private static final long serialVersionUID = 1L;

        private final Duration asked;

        TryAgainException(String message, Duration asked) {
            super(message);
            this.asked = asked;
        }

        TryAgainException(String message, Duration asked, Throwable cause) {
            super(message, cause);
            this.asked = asked;
        }

        /** How long the service asked to wait; zero if it did not. */
        Duration asked() {
            return asked;
        }
    }
}
