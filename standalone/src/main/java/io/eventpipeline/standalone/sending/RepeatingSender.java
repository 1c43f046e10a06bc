package io.eventpipeline.standalone.sending;

import io.eventpipeline.standalone.sending.Outcome.Kind;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Sends one record after another on one connection, and each as often as its outcome allows. A
 * refusal does not settle what an earlier attempt left unknown; only a receipt does. For one
 * thread.
 */
final class RepeatingSender implements AutoCloseable {

    private static final Duration FIRST_WAIT = Duration.ofMillis(50);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(1);

    private final RecordsDoor door;
    private final Duration timeout;
    private final Duration retryFor;
    private final StopSignal stop;
    private @Nullable HttpConnection connection;
    private Duration demandedWait = Duration.ZERO;

    RepeatingSender(RecordsDoor door, Duration timeout, Duration retryFor, StopSignal stop) {
        this.door = door;
        this.timeout = timeout;
        this.retryFor = retryFor;
        this.stop = stop;
    }

    /**
     * Sends a record until it is settled, or the time for it is over.
     *
     * @param idempotencyKey the same for all attempts
     */
    Delivery send(int number, @Nullable String key, String idempotencyKey, byte[] body) {
        long began = System.nanoTime();
        boolean perhapsWritten = false;
        Duration wait = FIRST_WAIT;
        for (int attempt = 1; ; attempt++) {
            Outcome outcome = attempt(idempotencyKey, body);
            Duration took = Duration.ofNanos(System.nanoTime() - began);
            perhapsWritten |= outcome.kind() == Kind.UNKNOWN;
            boolean over =
                    !outcome.retryable()
                            || took.plus(longer(wait, demandedWait)).compareTo(retryFor) > 0
                            || stop.sleep(longer(wait, demandedWait).toNanos());
            if (over) {
                Kind kind =
                        outcome.kind() == Kind.NOT_WRITTEN && perhapsWritten
                                ? Kind.UNKNOWN
                                : outcome.kind();
                return new Delivery(
                        number, key, kind, attempt, took, outcome.status(), outcome.body());
            }
            wait = shorter(wait.multipliedBy(2), LONGEST_WAIT);
        }
    }

    @Override
    public void close() {
        if (connection != null) {
            connection.close();
            connection = null;
        }
    }

    private Outcome attempt(String idempotencyKey, byte[] body) {
        demandedWait = Duration.ZERO;
        HttpConnection open = connection;
        try {
            if (open == null) {
                open = HttpConnection.open(door.producer(), timeout);
                connection = open;
            }
        } catch (IOException e) {
            return Outcome.unreachable(e);
        }
        try {
            open.post(door.path(), RecordsDoor.envelopeHeaders(idempotencyKey), body);
            HttpAnswer answer = open.answer();
            demandedWait = Duration.ofSeconds(answer.retryAfterSeconds());
            if (!open.isReusable()) {
                close();
            }
            return Outcome.of(answer, 1).getFirst();
        } catch (IOException e) {
            close();
            return Outcome.unanswered(e);
        }
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
