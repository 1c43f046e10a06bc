package io.eventpipeline.producer.retries;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.eventpipeline.producer.delivery.OutgoingRecord;
import io.eventpipeline.producer.retries.SafeRetries.AnswerRecorder;
import io.eventpipeline.producer.retries.ledger.Claim;
import io.eventpipeline.producer.retries.ledger.RecordedAnswer;
import io.eventpipeline.producer.retries.ledger.RequestLedger;
import io.eventpipeline.producer.retries.ledger.StoredAnswer;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;

/** The work of a claimed request, whose answer is kept before it is given. Used by one thread. */
final class KeptWork {

    /** An answer waits so long for being kept, even if the work took all its time. */
    private static final Duration LEAST_FOR_KEEPING = Duration.ofMillis(300);

    private static final Duration MOST_FOR_KEEPING = Duration.ofSeconds(2);

    private final RequestLedger ledger;
    private final AnswerForms forms;
    private final Duration deadline;
    private final String path;
    private final BiFunction<Duration, AnswerRecorder, ResponseEntity<Object>> work;
    private final boolean keyed;
    private @Nullable ResponseEntity<Object> recorded;
    private @Nullable StoredAnswer recordedForm;
    private @Nullable RecordedAnswer recording;
    private Instant expiry = Instant.EPOCH;

    KeptWork(
            RequestLedger ledger,
            AnswerForms forms,
            Duration deadline,
            String path,
            BiFunction<Duration, AnswerRecorder, ResponseEntity<Object>> work,
            boolean keyed) {
        this.ledger = ledger;
        this.forms = forms;
        this.deadline = deadline;
        this.path = path;
        this.work = work;
        this.keyed = keyed;
    }

    String path() {
        return path;
    }

    /**
     * Does the work.
     *
     * @param start when the request came, by {@link System#nanoTime}
     */
    ResponseEntity<Object> run(Claim claim, Duration patience, long start) {
        ResponseEntity<Object> answer = work.apply(patience, given -> record(claim, given));
        if (recordedForm != null && recording != null && answer.equals(recorded)) {
            recording.awaitReadBack(timeToKeep(start));
            return given(recordedForm);
        }
        StoredAnswer stored = forms.toStored(answer, path);
        boolean fits = ledger.keeps(stored);
        if (fits && Outcomes.holds(answer.getStatusCode())) {
            expiry = ledger.expiry();
            ledger.answered(claim, stored, expiry, timeToKeep(start));
            return given(stored);
        }
        ledger.release(
                claim,
                Outcomes.mayBeWritten(answer.getStatusCode()),
                fits && claim.delivery() ? stored : null,
                timeToKeep(start));
        return forms.toHeaders(stored).body(stored.body().getBytes(UTF_8));
    }

    private Optional<OutgoingRecord> record(Claim claim, ResponseEntity<Object> answer) {
        StoredAnswer stored = forms.toStored(answer, path);
        if (!ledger.keeps(stored)) {
            return Optional.empty();
        }
        recorded = answer;
        recordedForm = stored;
        expiry = ledger.expiry();
        recording = ledger.answerRecord(claim, stored, expiry);
        return Optional.of(recording.record());
    }

    private ResponseEntity<Object> given(StoredAnswer stored) {
        ResponseEntity.BodyBuilder answer = forms.toHeaders(stored);
        if (keyed) {
            answer.headers(headers -> headers.setInstant(SafeRetries.EXPIRES, expiry));
        }
        return answer.body(stored.body().getBytes(UTF_8));
    }

    /** How long the end of the request may take to be kept. */
    Duration timeToKeep(long start) {
        Duration left = deadline.minusNanos(System.nanoTime() - start);
        if (left.compareTo(LEAST_FOR_KEEPING) < 0) {
            return LEAST_FOR_KEEPING;
        }
        return left.compareTo(MOST_FOR_KEEPING) > 0 ? MOST_FOR_KEEPING : left;
    }
}
