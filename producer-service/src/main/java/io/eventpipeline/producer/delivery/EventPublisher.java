package io.eventpipeline.producer.delivery;

import io.eventpipeline.producer.delivery.Admission.Obstacle;
import io.eventpipeline.starter.problem.ProblemType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends checked records to their topics with the acks of their delivery profile, and says of each
 * what became of it. Never longer than the deadline, and at once while Kafka is known to be away or
 * the topic has too much in flight. Thread-safe; blocks its caller, which should be a virtual
 * thread.
 */
public final class EventPublisher {

    private static final Logger log = LoggerFactory.getLogger(EventPublisher.class);

    private final ProfileProducers producers;
    private final Admission admission;
    private final DeliveryFailureClassifier classifier = new DeliveryFailureClassifier();
    private final DeliveryMetrics metrics;
    private final Duration deadline;
    private final Duration sendingTime;

    EventPublisher(
            ProfileProducers producers,
            Admission admission,
            DeliveryMetrics metrics,
            Duration deadline) {
        this.producers = producers;
        this.admission = admission;
        this.metrics = metrics;
        this.deadline = deadline;
        this.sendingTime = producers.sendingTime(deadline);
    }

    /**
     * Sends the records in their order and waits for all.
     *
     * @return a result for each, in their order; after the first that could not be sent, none is
     *     sent
     */
    public List<DeliveryResult> publish(List<OutgoingRecord> records) {
        return publish(records, deadline);
    }

    /**
     * Sends the records in their order and waits for all, but not longer than that.
     *
     * @param patience how long the sender wants to wait; more than the service's own deadline
     *     counts as that
     * @return a result for each, in their order; after the first that could not be sent, none is
     *     sent
     */
    public List<DeliveryResult> publish(List<OutgoingRecord> records, Duration patience) {
        long start = System.nanoTime();
        long wait = Math.min(deadline.toNanos(), patience.toNanos());
        List<DeliveryResult> results = await(records, sendAll(records, start), start, wait);
        metrics.record(records, results, System.nanoTime() - start);
        return results;
    }

    /**
     * Sends one record of a stream, after those that were sent before it. The caller bounds how
     * many it has in flight, and its wait for each.
     *
     * @return completed at once if the record was not sent, else when Kafka has answered; never
     *     exceptionally
     */
    public CompletableFuture<DeliveryResult> send(OutgoingRecord outgoing) {
        return admission
                .enter(outgoing)
                .map(why -> notSent(outgoing, why))
                .orElseGet(() -> handOver(outgoing));
    }

    /** Counts a record of a stream, when its sender is told of it. */
    public void count(DeliveryResult result) {
        metrics.count(result);
    }

    /** Why nothing at all can be sent now; empty if nothing is known to stand against it. */
    public Optional<Obstacle> obstacle() {
        return admission.kafkaAway();
    }

    /** How long a sender waits at most, whatever Kafka does. */
    public Duration deadline() {
        return deadline;
    }

    /** The answer to a record of a stream whose confirmation did not come in time. */
    public static DeliveryFailure notConfirmed(OutgoingRecord outgoing) {
        return DeliveryFailureClassifier.notConfirmed(outgoing);
    }

    private List<CompletableFuture<DeliveryResult>> sendAll(
            List<OutgoingRecord> records, long start) {
        List<CompletableFuture<DeliveryResult>> sent = new ArrayList<>(records.size());
        Optional<Obstacle> obstacle = admission.enter(records);
        boolean reserved = obstacle.isEmpty();
        for (OutgoingRecord outgoing : records) {
            if (obstacle.isEmpty() && System.nanoTime() - start > sendingTime.toNanos()) {
                obstacle =
                        Optional.of(
                                new Obstacle(
                                        ProblemType.OVERLOADED,
                                        "The producer's buffer was full for too long; not sent"));
            }
            if (obstacle.isPresent()) {
                sent.add(notSent(outgoing, obstacle.get()));
                if (reserved) {
                    admission.leave(outgoing);
                }
                continue;
            }
            CompletableFuture<DeliveryResult> result = handOver(outgoing);
            sent.add(result);
            // Going on would break the order of keys, and wait anew for each.
            if (result.isDone()
                    && result.resultNow() instanceof DeliveryFailure failure
                    && failure.outcome() == DeliveryFailure.Outcome.NOT_WRITTEN) {
                obstacle =
                        Optional.of(
                                new Obstacle(
                                        failure.type(),
                                        "Not sent, because an event before it in the request"
                                                + " could not be"));
            }
        }
        return sent;
    }

    private static CompletableFuture<DeliveryResult> notSent(
            OutgoingRecord outgoing, Obstacle why) {
        return CompletableFuture.completedFuture(why.of(outgoing));
    }

    /** Gives a record that has its room to the producer; the room is given back with the result. */
    private CompletableFuture<DeliveryResult> handOver(OutgoingRecord outgoing) {
        CompletableFuture<DeliveryResult> result = new CompletableFuture<>();
        ProfileProducer profile = producers.of(outgoing.profile());
        long caller = Thread.currentThread().threadId();
        Producer<byte[], byte[]> producer;
        try {
            producer = profile.get();
        } catch (RuntimeException e) {
            complete(result, outgoing, classifier.classify(outgoing, e, false));
            return result;
        }
        try {
            // The callback is told everything that the future is, and on which thread it happened.
            Future<RecordMetadata> _ =
                    producer.send(
                            outgoing.toProducerRecord(),
                            (metadata, failure) -> {
                                if (failure == null) {
                                    complete(
                                            result,
                                            outgoing,
                                            Receipt.of(
                                                    outgoing,
                                                    metadata.partition(),
                                                    metadata.offset()));
                                    return;
                                }
                                // On the caller's thread only what failed before it was buffered is
                                // told.
                                boolean handedOver = Thread.currentThread().threadId() != caller;
                                complete(
                                        result,
                                        outgoing,
                                        failed(outgoing, profile, producer, failure, handedOver));
                            });
        } catch (RuntimeException e) {
            complete(result, outgoing, failed(outgoing, profile, producer, e, false));
        }
        return result;
    }

    private void complete(
            CompletableFuture<DeliveryResult> result,
            OutgoingRecord outgoing,
            DeliveryResult what) {
        if (result.complete(what)) {
            admission.leave(outgoing);
        }
    }

    private DeliveryFailure failed(
            OutgoingRecord outgoing,
            ProfileProducer profile,
            Producer<byte[], byte[]> producer,
            Exception failure,
            boolean handedOver) {
        if (producers.isClosing()) {
            log.warn(
                    "Event {} for {} was not acknowledged when the service ended",
                    outgoing.id(),
                    outgoing.topic().name());
        } else if (classifier.isFatalForProducer(failure)) {
            profile.replace(producer, failure);
        }
        return classifier.classify(outgoing, failure, handedOver);
    }

    private static List<DeliveryResult> await(
            List<OutgoingRecord> records,
            List<CompletableFuture<DeliveryResult>> sent,
            long start,
            long wait) {
        List<DeliveryResult> results = new ArrayList<>(records.size());
        for (int i = 0; i < sent.size(); i++) {
            long left = wait - (System.nanoTime() - start);
            results.add(await(records.get(i), sent.get(i), left));
        }
        return results;
    }

    private static DeliveryResult await(
            OutgoingRecord outgoing, CompletableFuture<DeliveryResult> result, long nanos) {
        if (result.isDone()) {
            return result.resultNow();
        }
        try {
            return result.get(Math.max(0, nanos), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            return notConfirmed(outgoing);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return notConfirmed(outgoing);
        } catch (ExecutionException e) {
            throw new IllegalStateException("A result is never completed with an exception", e);
        }
    }
}
