package io.eventpipeline.producer.retries;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.eventpipeline.model.json.InvalidEventException;
import io.eventpipeline.model.json.MalformedJsonException;
import io.eventpipeline.producer.delivery.OutgoingRecord;
import io.eventpipeline.producer.retries.ledger.Claim;
import io.eventpipeline.producer.retries.ledger.ClaimResult;
import io.eventpipeline.producer.retries.ledger.Digest;
import io.eventpipeline.producer.retries.ledger.RequestLedger;
import io.eventpipeline.producer.retries.ledger.Standing;
import io.eventpipeline.producer.retries.ledger.StoredAnswer;
import io.eventpipeline.starter.kafka.KafkaAvailability;
import io.eventpipeline.starter.problem.ProblemType;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.ErrorResponse;
import org.springframework.web.ErrorResponseException;

/**
 * Answers requests so that they can be repeated: with an {@code Idempotency-Key} the work is done
 * once, and every repeat gets the first answer. With {@code Prefer: respond-async} it is done after
 * the answer. A request with neither costs nothing. Thread-safe; blocks its caller, which should be
 * a virtual thread.
 */
public final class SafeRetries {

    /** Says of an answer that it was given before. */
    static final String REPLAYED = "Idempotency-Replayed";

    /** Until when a repeat gets this answer, as an HTTP date. */
    static final String EXPIRES = "Idempotency-Expires";

    private static final String PREFERENCE_APPLIED = "Preference-Applied";
    private static final String RESPOND_ASYNC = "respond-async";
    private static final int RETRY_AFTER_SECONDS = 1;

    private final RequestLedger ledger;
    private final KafkaAvailability kafka;
    private final BackgroundWork background;
    private final AnswerForms forms;
    private final Duration deadline;

    SafeRetries(
            RequestLedger ledger,
            KafkaAvailability kafka,
            BackgroundWork background,
            AnswerForms forms,
            Duration deadline) {
        this.ledger = ledger;
        this.kafka = kafka;
        this.background = background;
        this.forms = forms;
        this.deadline = deadline;
    }

    /** Makes the record that keeps an answer, for a transaction that stores it with its events. */
    @FunctionalInterface
    public interface AnswerRecorder {

        /**
         * The record for an answer that is given if the transaction is committed.
         *
         * @return empty if the request has no key, or the answer is too large to be kept
         */
        Optional<OutgoingRecord> record(ResponseEntity<Object> answer);
    }

    /** Whether a request asks for anything that {@link #answer} does beside the work. */
    public static boolean mayConcern(HttpServletRequest request) {
        return request.getHeader(IdempotencyKey.HEADER) != null
                || request.getHeader(Preferences.HEADER) != null;
    }

    /**
     * Answers a request.
     *
     * @param route the path in its one canonical form
     * @param body all of it
     * @param work sends what was checked before, and says what became of it. It may run after the
     *     request is answered, so it must not touch the request
     * @throws ErrorResponseException 400, 409, 422 or 503 without having done the work
     */
    public ResponseEntity<Object> answer(
            HttpServletRequest request,
            String route,
            byte[] body,
            Supplier<ResponseEntity<Object>> work) {
        return answer(request, route, body, _ -> work.get());
    }

    /**
     * Answers a request.
     *
     * @param work as above; it is told how long it may take
     * @see #answer(HttpServletRequest, String, byte[], Supplier)
     */
    public ResponseEntity<Object> answer(
            HttpServletRequest request,
            String route,
            byte[] body,
            Function<Duration, ResponseEntity<Object>> work) {
        return answerAtomically(request, route, body, (patience, _) -> work.apply(patience));
    }

    /**
     * Answers a request whose work is a transaction that also stores the answer.
     *
     * @param work as above; it is told how long it may take, and gets the record for its answer. If
     *     it returns the very answer that it had recorded, the transaction was committed
     * @see #answer(HttpServletRequest, String, byte[], Supplier)
     */
    public ResponseEntity<Object> answerAtomically(
            HttpServletRequest request,
            String route,
            byte[] body,
            BiFunction<Duration, AnswerRecorder, ResponseEntity<Object>> work) {
        IdempotencyKey key = IdempotencyKey.of(request.getHeaders(IdempotencyKey.HEADER));
        Preferences preferences = Preferences.of(request.getHeaders(Preferences.HEADER));
        Duration patience = preferences.within(deadline);
        if (key == null && !preferences.respondAsync()) {
            return work.apply(patience, _ -> Optional.empty());
        }
        requireLedger();
        Digest id =
                key == null ? Digest.random() : Digest.of(request.getMethod(), route, key.value());
        Digest content = RequestFingerprint.of(request, route, body);
        KeptWork kept =
                new KeptWork(ledger, forms, deadline, request.getRequestURI(), work, key != null);
        Standing before = key == null ? null : ledger.find(id).orElse(null);
        if (before != null) {
            Optional<ResponseEntity<Object>> replayed = replay(before, content);
            if (replayed.isPresent()) {
                return replayed.get();
            }
        }
        if (preferences.respondAsync()) {
            return later(id, content, before, body.length, kept);
        }
        long start = System.nanoTime();
        return switch (ledger.claim(id, content, false, before)) {
            case ClaimResult.Won won -> inTime(won.claim(), kept, patience, start);
            case ClaimResult.Lost lost -> beaten(lost.to(), content);
            case ClaimResult.Failed failed -> throw notClaimed(failed);
        };
    }

    private void requireLedger() {
        if (!ledger.isReady()) {
            throw kafka.isAvailable()
                    ? refused(
                            ProblemType.STATE_UNAVAILABLE,
                            "Which requests came before is being read; nothing was sent",
                            RETRY_AFTER_SECONDS)
                    : refused(
                            ProblemType.KAFKA_UNAVAILABLE,
                            kafka.reason().orElse("Kafka is away") + "; nothing was sent",
                            RETRY_AFTER_SECONDS);
        }
    }

    /** The first answer, if it holds; empty if the work may be done now. */
    private Optional<ResponseEntity<Object>> replay(Standing before, Digest content) {
        if (!before.allows(content)) {
            throw described(
                    ProblemType.IDEMPOTENCY_MISMATCH.exception(
                            "The Idempotency-Key was sent before, with another request"));
        }
        return switch (before) {
            case Standing.InFlight inFlight -> throw inFlight();
            case Standing.Abandoned _ -> Optional.empty();
            case Standing.Repeatable _ -> Optional.empty();
            case Standing.Answered answered -> Optional.of(again(answered));
        };
    }

    private ResponseEntity<Object> again(Standing.Answered answered) {
        StoredAnswer stored =
                ledger.answerOf(answered)
                        .orElseThrow(() ->
                                refused(
                                        ProblemType.STATE_UNAVAILABLE,
                                        "The first answer cannot be read now",
                                        RETRY_AFTER_SECONDS));
        ResponseEntity.BodyBuilder answer = forms.toHeaders(stored).header(REPLAYED, "true");
        answer.headers(headers -> headers.setInstant(EXPIRES, answered.until()));
        return answer.body(stored.body().getBytes(UTF_8));
    }

    private ResponseEntity<Object> beaten(Standing by, Digest content) {
        return replay(by, content).orElseThrow(SafeRetries::inFlight);
    }

    private static ErrorResponseException inFlight() {
        return described(
                ProblemType.IDEMPOTENCY_CONFLICT.exception(
                        "A request with this Idempotency-Key is being worked on",
                        RETRY_AFTER_SECONDS));
    }

    private static ErrorResponseException notClaimed(ClaimResult.Failed failed) {
        return refused(failed.type(), failed.detail(), RETRY_AFTER_SECONDS);
    }

    /** A problem of a request of which nothing was sent. */
    static ErrorResponseException refused(ProblemType type, String detail, int retryAfter) {
        ErrorResponseException refused = type.exception(detail, retryAfter);
        refused.getBody().setProperty("outcome", "not_written");
        return refused;
    }

    /** The draft asks for a link to what it means (section 2.7). */
    static ErrorResponseException described(ErrorResponseException problem) {
        problem.getHeaders()
                .set(
                        HttpHeaders.LINK,
                        "<" + problem.getBody().getType() + ">; rel=\"describedby\"");
        return problem;
    }

    private ResponseEntity<Object> inTime(
            Claim claim, KeptWork work, Duration patience, long start) {
        try {
            return work.run(claim, left(patience, start), start);
        } catch (RuntimeException | Error e) {
            ledger.release(claim, !isRefusal(e), null, work.timeToKeep(start));
            throw e;
        }
    }

    private static Duration left(Duration patience, long start) {
        Duration left = patience.minusNanos(System.nanoTime() - start);
        return left.isNegative() ? Duration.ZERO : left;
    }

    private ResponseEntity<Object> later(
            Digest id, Digest content, @Nullable Standing before, long size, KeptWork work) {
        BackgroundWork.Place place = background.enter(size);
        long start = System.nanoTime();
        Claim claim;
        try {
            switch (ledger.claim(id, content, true, before)) {
                case ClaimResult.Won won -> claim = won.claim();
                case ClaimResult.Lost lost -> {
                    place.close();
                    return beaten(lost.to(), content);
                }
                case ClaimResult.Failed failed -> throw notClaimed(failed);
            }
        } catch (RuntimeException e) {
            place.close();
            throw e;
        }
        place.run(() -> inBackground(claim, work, start));
        return ResponseEntity.accepted()
                .location(URI.create(DeliveriesController.PATH + id))
                .header(PREFERENCE_APPLIED, RESPOND_ASYNC)
                .header(HttpHeaders.RETRY_AFTER, Integer.toString(RETRY_AFTER_SECONDS))
                .body(DeliveryState.pending(id));
    }

    private void inBackground(Claim claim, KeptWork work, long start) {
        try {
            work.run(claim, left(deadline, start), start);
        } catch (RuntimeException e) {
            StoredAnswer told = forms.toStored(forms.toAnswer(e), work.path());
            ledger.release(claim, !isRefusal(e), told, work.timeToKeep(start));
        }
    }

    /** Whether an exception says that nothing was written. */
    private static boolean isRefusal(Throwable e) {
        return e instanceof ErrorResponse
                || e instanceof InvalidEventException
                || e instanceof MalformedJsonException;
    }

    /** The answer to who asks for a delivery that is not known. */
    static ErrorResponseException unknownDelivery(String id) {
        return ProblemType.UNKNOWN_DELIVERY.exception(
                "Delivery " + id + " is not known, or no longer");
    }
}
