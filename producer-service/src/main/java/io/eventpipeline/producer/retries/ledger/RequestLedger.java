package io.eventpipeline.producer.retries.ledger;

import io.eventpipeline.model.topic.TopicDefinition;
import io.eventpipeline.producer.delivery.DeliveryFailure;
import io.eventpipeline.producer.delivery.DeliveryResult;
import io.eventpipeline.producer.delivery.EventPublisher;
import io.eventpipeline.producer.delivery.OutgoingRecord;
import io.eventpipeline.producer.retries.ledger.LedgerLine.State;
import io.eventpipeline.starter.problem.ProblemType;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who works on which request, and what it was answered, across instances and restarts. A claim is a
 * record in the topic; it holds once this instance has read it back and nobody's came before.
 * Answers that were written in a transaction with their events have partitions of their own, so
 * that a transaction left open holds up no claim. Thread-safe; blocks its caller, which should be a
 * virtual thread.
 */
public final class RequestLedger {

    private static final Logger log = LoggerFactory.getLogger(RequestLedger.class);

    private final LedgerRecords records;
    private final String instance;
    private final String life = UUID.randomUUID().toString();
    private final LedgerProperties properties;
    private final EventPublisher publisher;
    private final LedgerIndex index;
    private final AnswerCache cache;
    private final LedgerReader reader;
    private final AnswerReader old;
    private final Clock clock;
    private final Set<Long> active = ConcurrentHashMap.newKeySet();

    RequestLedger(
            TopicDefinition topic,
            String instance,
            LedgerProperties properties,
            EventPublisher publisher,
            LedgerIndex index,
            AnswerCache cache,
            LedgerReader reader,
            AnswerReader old,
            Clock clock) {
        this.records = new LedgerRecords(topic, clock);
        this.instance = instance;
        this.properties = properties;
        this.publisher = publisher;
        this.index = index;
        this.cache = cache;
        this.reader = reader;
        this.old = old;
        this.clock = clock;
    }

    /** Whether the topic was read to its end once, so that what is not known never was. */
    public boolean isReady() {
        return reader.progress().done();
    }

    /** How a request stands; empty if there was none or it is forgotten. */
    public Optional<Standing> find(Digest request) {
        return index.find(request, clock.millis()).map(this::standing);
    }

    private Standing standing(LedgerEntry entry) {
        Instant until = Instant.ofEpochMilli(entry.until());
        return switch (entry.state()) {
            case CLAIMED ->
                    isLive(entry)
                            ? new Standing.InFlight(
                                    entry.fingerprint(), entry.delivery(), entry.place(), until)
                            : new Standing.Abandoned(
                                    entry.fingerprint(), entry.delivery(), entry.place());
            case DONE ->
                    new Standing.Answered(
                            entry.fingerprint(), entry.delivery(), entry.place(), until);
            case RELEASED ->
                    new Standing.Repeatable(
                            entry.fingerprint(), entry.delivery(), entry.place(), entry.answered());
        };
    }

    /** What this instance began is live as long as it works on it; what others began, by lease. */
    private boolean isLive(LedgerEntry entry) {
        if (life.equals(entry.life())) {
            return active.contains(entry.claim());
        }
        return !instance.equals(entry.instance()) && clock.millis() < entry.until();
    }

    /**
     * Tries to get a request.
     *
     * @param fingerprint its content
     * @param over what {@link #find} said, if it is to be taken over
     */
    public ClaimResult claim(
            Digest request, Digest fingerprint, boolean delivery, @Nullable Standing over) {
        long number = ThreadLocalRandom.current().nextLong();
        long start = System.nanoTime();
        CompletableFuture<Boolean> verdict = reader.verdict(number);
        active.add(number);
        LedgerLine line =
                new LedgerLine(
                        State.CLAIMED,
                        number,
                        over == null ? null : over.place(),
                        fingerprint.toString(),
                        instance,
                        life,
                        clock.millis() + properties.lease().toMillis(),
                        delivery,
                        null);
        Claim claim = new Claim(request, number, fingerprint, delivery);
        // What cannot be written ends the wait; what was written is told by the reader alone.
        CompletableFuture<Void> _ =
                publisher
                        .send(records.ofClaim(request, line))
                        .thenAccept(result -> {
                            if (result instanceof DeliveryFailure failure) {
                                verdict.completeExceptionally(new NotWritten(failure));
                            }
                        });
        try {
            boolean won = verdict.get(properties.claimTimeout().toNanos(), TimeUnit.NANOSECONDS);
            if (won) {
                return new ClaimResult.Won(claim);
            }
            active.remove(number);
            return find(request)
                    .<ClaimResult>map(ClaimResult.Lost::new)
                    .orElseGet(() -> tooSlow(start));
        } catch (TimeoutException e) {
            drop(claim);
            return tooSlow(start);
        } catch (ExecutionException e) {
            drop(claim);
            return e.getCause() instanceof NotWritten failed
                    ? new ClaimResult.Failed(failed.type, failed.detail)
                    : tooSlow(start);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            drop(claim);
            return tooSlow(start);
        }
    }

    private static ClaimResult tooSlow(long start) {
        long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
        return new ClaimResult.Failed(
                ProblemType.STATE_UNAVAILABLE,
                "The ledger of requests did not answer in " + millis + " ms; nothing was sent");
    }

    /** A claim that may yet appear in the log must not stand in the way of the repeat. */
    private void drop(Claim claim) {
        reader.forget(claim.number());
        CompletableFuture<DeliveryResult> _ =
                publisher.send(records.ofRelease(claim, null, null, expiry()));
        active.remove(claim.number());
    }

    /** Only carries what a future can be completed with. */
    private static final class NotWritten extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final ProblemType type;
        private final String detail;

        NotWritten(DeliveryFailure failure) {
            super(failure.detail(), null, false, false);
            this.detail = failure.detail();
            this.type =
                    failure.outcome() == DeliveryFailure.Outcome.UNKNOWN
                            ? ProblemType.KAFKA_UNAVAILABLE
                            : failure.type();
        }
    }

    /** When an answer that is given now is forgotten. */
    public Instant expiry() {
        return clock.instant().plus(properties.expiry());
    }

    /** Whether an answer is small enough to be kept. */
    public boolean keeps(StoredAnswer answer) {
        return answer.body().length() <= properties.maxAnswerSize().toBytes();
    }

    /**
     * Remembers the answer that every repeat gets. Waits until it is stored, but not longer than
     * that: the events are stored already, and their sender waits.
     */
    public void answered(Claim claim, StoredAnswer answer, Instant expiry, Duration patience) {
        finish(claim, records.ofAnswer(claim, answer, expiry), patience);
    }

    /**
     * The record that remembers the answer, for a transaction that stores it together with its
     * events; if it is not committed, {@link #release} the claim. The claim stays in the way of
     * repeats until the answer is read back: it is in another partition than claims, so that a
     * repeat's claim might be read before it.
     */
    public RecordedAnswer answerRecord(Claim claim, StoredAnswer answer, Instant expiry) {
        long number = claim.number();
        return new RecordedAnswer(
                records.ofAnswerInTransaction(claim, answer, expiry),
                reader.verdict(number).thenRun(() -> active.remove(number)));
    }

    /**
     * Lets the request be sent again.
     *
     * @param sameContentOnly whether something of it may be stored
     * @param answer what its sender can ask for; null if it need not be kept
     */
    public void release(
            Claim claim,
            boolean sameContentOnly,
            @Nullable StoredAnswer answer,
            Duration patience) {
        finish(
                claim,
                records.ofRelease(
                        claim, sameContentOnly ? claim.fingerprint() : null, answer, expiry()),
                patience);
    }

    private void finish(Claim claim, OutgoingRecord line, Duration patience) {
        try {
            DeliveryResult result =
                    publisher.send(line).get(patience.toNanos(), TimeUnit.NANOSECONDS);
            if (result instanceof DeliveryFailure failure) {
                log.warn(
                        "The end of request {} could not be kept: {}",
                        claim.request(),
                        failure.detail());
            }
        } catch (TimeoutException | ExecutionException e) {
            log.warn("The end of request {} was not confirmed in time", claim.request());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            active.remove(claim.number());
            reader.forget(claim.number());
        }
    }

    /** The answer of a request; empty if it can be read no longer, or not now. */
    public Optional<StoredAnswer> answerOf(Standing standing) {
        return cache.find(standing.place()).or(() -> old.read(standing.place()));
    }
}
