package io.eventpipeline.producer.delivery.transactions;

import io.eventpipeline.producer.delivery.Admission;
import io.eventpipeline.producer.delivery.Admission.Obstacle;
import io.eventpipeline.producer.delivery.DeliveryFailure;
import io.eventpipeline.producer.delivery.DeliveryFailureClassifier;
import io.eventpipeline.producer.delivery.DeliveryMetrics;
import io.eventpipeline.producer.delivery.DeliveryResult;
import io.eventpipeline.producer.delivery.OutgoingRecord;
import io.eventpipeline.producer.delivery.Receipt;
import io.eventpipeline.producer.delivery.transactions.Transaction.NotCommittedException;
import io.eventpipeline.producer.delivery.transactions.Transaction.UnknownOutcomeException;
import io.eventpipeline.producer.delivery.transactions.TransactionMetrics.End;
import io.eventpipeline.starter.problem.ProblemType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stores records all together or not at all, in one Kafka transaction: with acks=all, whatever
 * their profiles say. The sender gets a receipt for each, or a failure for each: not written,
 * unless the commit was asked for and nobody confirmed it. Never longer than the deadline, and at
 * once while Kafka is known to be away. Thread-safe; blocks its caller, which should be a virtual
 * thread.
 */
public final class TransactionPublisher {

    private static final Logger log = LoggerFactory.getLogger(TransactionPublisher.class);

    private final Admission admission;
    private final TransactionSlots slots;
    private final DeliveryFailureClassifier classifier = new DeliveryFailureClassifier();
    private final DeliveryMetrics events;
    private final TransactionMetrics metrics;
    private final Duration maxWait;
    private final Duration deadline;

    TransactionPublisher(
            Admission admission,
            TransactionSlots slots,
            DeliveryMetrics events,
            TransactionMetrics metrics,
            Duration maxWait,
            Duration deadline) {
        this.admission = admission;
        this.slots = slots;
        this.events = events;
        this.metrics = metrics;
        this.maxWait = maxWait;
        this.deadline = deadline;
    }

    /** How a transaction ended, and what the sender is told. */
    private record Result(End end, List<DeliveryResult> records) {}

    /**
     * Stores the records in their order as one transaction.
     *
     * @return a receipt for each, or a failure for each
     */
    public List<DeliveryResult> publish(List<OutgoingRecord> records) {
        return publish(records, deadline, _ -> List.of());
    }

    /**
     * Stores the records in their order as one transaction, together with what follows from their
     * receipts.
     *
     * @param patience how long the sender wants to wait; more than the service's own deadline
     *     counts as that
     * @param alongside makes, of the receipts that the sender gets if all goes well, the records
     *     that are stored in the same transaction and that nobody is told of; must not block, and
     *     is asked again if the transaction is tried again
     * @return a receipt for each of the first, or a failure for each
     */
    public List<DeliveryResult> publish(
            List<OutgoingRecord> records,
            Duration patience,
            Function<List<Receipt>, List<OutgoingRecord>> alongside) {
        if (records.isEmpty()) {
            return List.of();
        }
        long start = System.nanoTime();
        long end = start + Math.min(deadline.toNanos(), patience.toNanos());
        Optional<Obstacle> obstacle = admission.enter(records);
        Result result;
        if (obstacle.isPresent()) {
            result = refused(records, obstacle.get());
        } else {
            try {
                result = publishAdmitted(records, end, alongside);
            } finally {
                records.forEach(admission::leave);
            }
        }
        metrics.ended(result.end(), System.nanoTime() - start);
        result.records().forEach(events::count);
        if (result.end() != End.COMMITTED && slots.isClosing()) {
            records.forEach(outgoing ->
                    log.warn(
                            "Event {} for {} was not acknowledged when the service ended",
                            outgoing.id(),
                            outgoing.topic().name()));
        }
        return result.records();
    }

    /** Another producer is tried once if the first turns out to be dead: nothing is lost by it. */
    private Result publishAdmitted(
            List<OutgoingRecord> records,
            long end,
            Function<List<Receipt>, List<OutgoingRecord>> alongside) {
        boolean again = false;
        while (true) {
            Optional<TransactionSlot> slot = slots.take(waitUntil(end));
            if (slot.isEmpty()) {
                return refused(
                        records,
                        new Obstacle(
                                ProblemType.OVERLOADED,
                                "No transactional producer was free in time; nothing was sent"));
            }
            try {
                return run(slot.get(), records, end, alongside);
            } catch (NotCommittedException e) {
                if (again || !isDead(e.reason()) || Thread.currentThread().isInterrupted()) {
                    return new Result(End.ABORTED, notWritten(records, e));
                }
                again = true;
            }
        }
    }

    private Duration waitUntil(long end) {
        return Duration.ofNanos(Math.clamp(end - System.nanoTime(), 0, maxWait.toNanos()));
    }

    /** Whether it was the producer's fault, and not that of the records or of Kafka. */
    private static boolean isDead(Exception failure) {
        return switch (failure) {
            case ProducerFencedException e -> true;
            case InvalidProducerEpochException e -> true;
            case ApiException e -> false;
            case KafkaException e -> true;
            default -> failure instanceof IllegalStateException;
        };
    }

    private Result run(
            TransactionSlot slot,
            List<OutgoingRecord> records,
            long end,
            Function<List<Receipt>, List<OutgoingRecord>> alongside)
            throws NotCommittedException {
        try {
            List<Receipt> receipts = new Transaction(slot.producer(), end).run(records, alongside);
            slots.giveBack(slot);
            return new Result(End.COMMITTED, List.copyOf(receipts));
        } catch (NotCommittedException e) {
            if (classifier.isFatalForProducer(e.reason())) {
                slots.renew(slot, e.reason());
            } else {
                slots.abort(slot);
            }
            throw e;
        } catch (UnknownOutcomeException e) {
            slots.renew(slot, e.reason());
            return unknown(records);
        } catch (RuntimeException e) {
            slots.abort(slot);
            throw e;
        }
    }

    private static Result refused(List<OutgoingRecord> records, Obstacle why) {
        List<DeliveryResult> results = new ArrayList<>(records.size());
        records.forEach(outgoing -> results.add(why.of(outgoing)));
        return new Result(End.REFUSED, results);
    }

    private static Result unknown(List<OutgoingRecord> records) {
        List<DeliveryResult> results = new ArrayList<>(records.size());
        records.forEach(outgoing -> results.add(DeliveryFailureClassifier.notConfirmed(outgoing)));
        return new Result(End.UNKNOWN, results);
    }

    /** All have one problem type, so that the request has one status. */
    private List<DeliveryResult> notWritten(
            List<OutgoingRecord> records, NotCommittedException failure) {
        int culprit = failure.index();
        DeliveryFailure reason =
                classifier.classify(records.get(Math.max(0, culprit)), failure.reason(), false);
        boolean oneRecord = culprit >= 0 && !reason.type().equals(ProblemType.KAFKA_UNAVAILABLE);
        List<DeliveryResult> results = new ArrayList<>(records.size());
        for (int i = 0; i < records.size(); i++) {
            String detail;
            if (oneRecord) {
                detail =
                        i == culprit
                                ? reason.detail()
                                : "Not stored, because record "
                                        + culprit
                                        + " of the transaction could not be";
            } else if (failure.reason() instanceof TimeoutException) {
                detail = "Kafka was too slow: the transaction is aborted, nothing of it is stored";
            } else {
                detail = "Kafka refused the transaction: nothing of it is stored";
            }
            results.add(new Obstacle(reason.type(), detail).of(records.get(i)));
        }
        return results;
    }
}
