package io.eventpipeline.producer.delivery;

import io.eventpipeline.model.cloudevents.CloudEventHeaders;
import io.eventpipeline.starter.kafka.KafkaAvailability;
import io.eventpipeline.starter.problem.ProblemType;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends checked events to their topics, keyed by {@link OutgoingEvent#key}, with the acks of the
 * topic's delivery profile, and says of each what became of it. Never longer than the deadline, and
 * at once while Kafka is known to be away. Thread-safe; blocks its caller, which should be a
 * virtual thread.
 */
public final class EventPublisher {

    private static final Logger log = LoggerFactory.getLogger(EventPublisher.class);

    private final ProfileProducers producers;
    private final KafkaAvailability kafka;
    private final DeliveryFailureClassifier classifier = new DeliveryFailureClassifier();
    private final DeliveryMetrics metrics;
    private final Duration deadline;
    private final Duration sendingTime;

    EventPublisher(
            ProfileProducers producers,
            KafkaAvailability kafka,
            DeliveryMetrics metrics,
            Duration deadline) {
        this.producers = producers;
        this.kafka = kafka;
        this.metrics = metrics;
        this.deadline = deadline;
        this.sendingTime = producers.sendingTime(deadline);
    }

    /**
     * Sends the events in their order and waits for all.
     *
     * @param takenAt when the service took them: the timestamp of their records
     * @return a result for each, in their order; after the first that could not be sent, none is
     *     sent
     */
    public List<DeliveryResult> publish(List<OutgoingEvent> events, Instant takenAt) {
        long start = System.nanoTime();
        List<DeliveryResult> results = await(events, sendAll(events, takenAt, start), start);
        metrics.record(events, results, System.nanoTime() - start);
        return results;
    }

    private List<CompletableFuture<DeliveryResult>> sendAll(
            List<OutgoingEvent> events, Instant takenAt, long start) {
        List<CompletableFuture<DeliveryResult>> sent = new ArrayList<>(events.size());
        ProblemType obstacle = null;
        String reason = "";
        if (!kafka.isAvailable()) {
            obstacle = ProblemType.KAFKA_UNAVAILABLE;
            reason = kafka.reason().orElse("Kafka is away") + "; nothing was sent";
        }
        for (OutgoingEvent event : events) {
            if (obstacle == null && System.nanoTime() - start > sendingTime.toNanos()) {
                obstacle = ProblemType.OVERLOADED;
                reason = "The producer's buffer was full for too long; not sent";
            }
            if (obstacle != null) {
                sent.add(
                        CompletableFuture.completedFuture(
                                DeliveryFailureClassifier.notSent(event, obstacle, reason)));
                continue;
            }
            CompletableFuture<DeliveryResult> result = send(event, takenAt);
            sent.add(result);
            // Going on would break the order of keys, and wait anew for each.
            if (result.isDone()
                    && result.resultNow() instanceof DeliveryFailure failure
                    && failure.outcome() == DeliveryFailure.Outcome.NOT_WRITTEN) {
                obstacle = failure.type();
                reason = "Not sent, because an event before it in the request could not be";
            }
        }
        return sent;
    }

    private CompletableFuture<DeliveryResult> send(OutgoingEvent event, Instant takenAt) {
        CompletableFuture<DeliveryResult> result = new CompletableFuture<>();
        ProfileProducer profile = producers.of(event.topic().profile());
        long caller = Thread.currentThread().threadId();
        Producer<String, byte[]> producer;
        try {
            producer = profile.get();
        } catch (RuntimeException e) {
            result.complete(classifier.classify(event, e, false));
            return result;
        }
        try {
            // The callback is told everything that the future is, and on which thread it happened.
            Future<RecordMetadata> _ =
                    producer.send(
                            toRecord(event, takenAt),
                            (metadata, failure) -> {
                                if (failure == null) {
                                    result.complete(
                                            new Receipt(
                                                    event.id(),
                                                    metadata.topic(),
                                                    metadata.partition(),
                                                    metadata.offset(),
                                                    takenAt.toEpochMilli()));
                                    return;
                                }
                                // On the caller's thread only what failed before it was buffered is
                                // told.
                                boolean handedOver = Thread.currentThread().threadId() != caller;
                                result.complete(
                                        failed(event, profile, producer, failure, handedOver));
                            });
        } catch (RuntimeException e) {
            result.complete(failed(event, profile, producer, e, false));
        }
        return result;
    }

    private DeliveryFailure failed(
            OutgoingEvent event,
            ProfileProducer profile,
            Producer<String, byte[]> producer,
            Exception failure,
            boolean handedOver) {
        if (producers.isClosing()) {
            log.warn(
                    "Event {} for {} was not acknowledged when the service ended",
                    event.id(),
                    event.topic().name());
        } else if (classifier.isFatalForProducer(failure)) {
            profile.replace(producer, failure);
        }
        return classifier.classify(event, failure, handedOver);
    }

    private static ProducerRecord<String, byte[]> toRecord(OutgoingEvent event, Instant takenAt) {
        ProducerRecord<String, byte[]> producerRecord =
                new ProducerRecord<>(
                        event.topic().name(),
                        null,
                        takenAt.toEpochMilli(),
                        event.key(),
                        event.value());
        CloudEventHeaders.write(event.metadata(), producerRecord.headers());
        return producerRecord;
    }

    private List<DeliveryResult> await(
            List<OutgoingEvent> events, List<CompletableFuture<DeliveryResult>> sent, long start) {
        List<DeliveryResult> results = new ArrayList<>(events.size());
        for (int i = 0; i < sent.size(); i++) {
            long left = deadline.toNanos() - (System.nanoTime() - start);
            results.add(await(events.get(i), sent.get(i), left));
        }
        return results;
    }

    private static DeliveryResult await(
            OutgoingEvent event, CompletableFuture<DeliveryResult> result, long nanos) {
        try {
            return result.get(Math.max(0, nanos), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            return DeliveryFailureClassifier.notConfirmed(event);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return DeliveryFailureClassifier.notConfirmed(event);
        } catch (ExecutionException e) {
            throw new IllegalStateException("A result is never completed with an exception", e);
        }
    }
}
