package io.eventpipeline.producer.delivery;

import static io.eventpipeline.producer.delivery.DeliveryFailure.Outcome.NOT_WRITTEN;
import static io.eventpipeline.producer.delivery.DeliveryFailure.Outcome.UNKNOWN;

import io.eventpipeline.starter.problem.ProblemType;
import org.apache.kafka.clients.producer.BufferExhaustedException;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.OutOfOrderSequenceException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnsupportedVersionException;

/**
 * The one place that decides what a failed send means to the sender, and whether the producer can
 * still be used. Stateless.
 *
 * <p>A failure before the record lies in the producer's buffer means that nothing was written.
 * After that only a refusal that no retry can have followed means it. Everything else is unknown:
 * the producer retries on its own, so that even {@code NotEnoughReplicasException}, with which a
 * leader appends nothing, may be the answer to the repeat of an attempt that was stored.
 */
public final class DeliveryFailureClassifier {

    /**
     * What a failed send means.
     *
     * @param handedOver whether the record lay in the producer's buffer when it failed
     */
    public DeliveryFailure classify(OutgoingRecord event, Exception failure, boolean handedOver) {
        return switch (failure) {
            case RecordTooLargeException e ->
                    failed(
                            event,
                            ProblemType.TOO_LARGE,
                            NOT_WRITTEN,
                            "The event is larger than a record of its topic may be");
            case InvalidRecordException e ->
                    failed(event, ProblemType.INTERNAL, NOT_WRITTEN, "Kafka refused the record");
            case InvalidTopicException e ->
                    failed(event, ProblemType.INTERNAL, NOT_WRITTEN, "Kafka refused the topic");
            case AuthorizationException e ->
                    failed(
                            event,
                            ProblemType.KAFKA_UNAVAILABLE,
                            NOT_WRITTEN,
                            "Kafka does not let this service write to the topic");
            case AuthenticationException e ->
                    failed(
                            event,
                            ProblemType.KAFKA_UNAVAILABLE,
                            NOT_WRITTEN,
                            "Kafka does not accept this service's credentials");
            default -> handedOver ? afterSending(event, failure) : beforeSending(event, failure);
        };
    }

    /** The answer to an event that was not even tried. */
    static DeliveryFailure notSent(OutgoingRecord event, ProblemType type, String detail) {
        return failed(event, type, NOT_WRITTEN, detail);
    }

    /** The answer to an event whose confirmation did not come before the deadline. */
    public static DeliveryFailure notConfirmed(OutgoingRecord event) {
        return failed(
                event,
                ProblemType.OUTCOME_UNKNOWN,
                UNKNOWN,
                "The event was sent, and Kafka did not confirm it in time: repeat it with the same"
                        + " Idempotency-Key");
    }

    /**
     * Whether the producer is of no more use, so that a new one has to take its place: it lost its
     * sequence, its epoch or its permission (KIP-360 names those that it survives).
     */
    public boolean isFatalForProducer(Exception failure) {
        return switch (failure) {
            case OutOfOrderSequenceException e -> true;
            case ProducerFencedException e -> true;
            case InvalidProducerEpochException e -> true;
            case AuthorizationException e -> true;
            case AuthenticationException e -> true;
            case UnsupportedVersionException e -> true;
            // Not from a broker: the producer says that it is closed or in an error state.
            case KafkaException e -> !(e instanceof ApiException);
            case IllegalStateException e -> true;
            default -> false;
        };
    }

    private static DeliveryFailure beforeSending(OutgoingRecord event, Exception failure) {
        return switch (failure) {
            case BufferExhaustedException e ->
                    failed(
                            event,
                            ProblemType.OVERLOADED,
                            NOT_WRITTEN,
                            "The producer's buffer is full; nothing was sent");
            case TimeoutException e ->
                    failed(
                            event,
                            ProblemType.KAFKA_UNAVAILABLE,
                            NOT_WRITTEN,
                            "Kafka did not say in time where topic "
                                    + event.topic().name()
                                    + " is; nothing was sent");
            default ->
                    failed(
                            event,
                            ProblemType.KAFKA_UNAVAILABLE,
                            NOT_WRITTEN,
                            "The producer cannot send now; nothing was sent");
        };
    }

    private static DeliveryFailure afterSending(OutgoingRecord event, Exception failure) {
        return failure instanceof TimeoutException
                ? notConfirmed(event)
                : failed(
                        event,
                        ProblemType.OUTCOME_UNKNOWN,
                        UNKNOWN,
                        "The event was sent, and the last attempt failed ("
                                + failure.getClass().getSimpleName()
                                + "): repeat it with the same Idempotency-Key");
    }

    private static DeliveryFailure failed(
            OutgoingRecord event,
            ProblemType type,
            DeliveryFailure.Outcome outcome,
            String detail) {
        return new DeliveryFailure(event.id(), event.topic().name(), type, outcome, detail);
    }
}
