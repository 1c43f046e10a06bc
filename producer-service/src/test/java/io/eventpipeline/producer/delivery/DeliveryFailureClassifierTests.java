package io.eventpipeline.producer.delivery;

import static io.eventpipeline.producer.delivery.DeliveryFailure.Outcome.NOT_WRITTEN;
import static io.eventpipeline.producer.delivery.DeliveryFailure.Outcome.UNKNOWN;
import static io.eventpipeline.starter.problem.ProblemType.KAFKA_UNAVAILABLE;
import static io.eventpipeline.starter.problem.ProblemType.OUTCOME_UNKNOWN;
import static io.eventpipeline.starter.problem.ProblemType.OVERLOADED;
import static io.eventpipeline.starter.problem.ProblemType.TOO_LARGE;
import static org.assertj.core.api.Assertions.assertThat;

import io.eventpipeline.model.topic.DeliveryProfile;
import io.eventpipeline.model.topic.PipelineTopic;
import io.eventpipeline.model.topic.TopicCatalogue;
import io.eventpipeline.producer.delivery.DeliveryFailure.Outcome;
import io.eventpipeline.starter.problem.ProblemType;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.BufferExhaustedException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.ClusterAuthorizationException;
import org.apache.kafka.common.errors.NetworkException;
import org.apache.kafka.common.errors.NotEnoughReplicasAfterAppendException;
import org.apache.kafka.common.errors.NotEnoughReplicasException;
import org.apache.kafka.common.errors.OutOfOrderSequenceException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** "Not written" is only ever said of what cannot be in the topic. */
class DeliveryFailureClassifierTests {

    private static final OutgoingRecord EVENT =
            new OutgoingRecord(
                    "e-1",
                    new TopicCatalogue("dev").get(PipelineTopic.ORDER_PLACED),
                    DeliveryProfile.CRITICAL,
                    null,
                    null,
                    new byte[0],
                    new RecordHeaders(),
                    0);

    private final DeliveryFailureClassifier classifier = new DeliveryFailureClassifier();

    static Stream<Arguments> failures() {
        return Stream.of(
                // Before the record is in the producer's buffer.
                Arguments.of(
                        new TimeoutException("metadata"), false, KAFKA_UNAVAILABLE, NOT_WRITTEN),
                Arguments.of(new BufferExhaustedException("full"), false, OVERLOADED, NOT_WRITTEN),
                Arguments.of(new KafkaException("closed"), false, KAFKA_UNAVAILABLE, NOT_WRITTEN),
                Arguments.of(new RecordTooLargeException("big"), false, TOO_LARGE, NOT_WRITTEN),
                // After it.
                Arguments.of(new TimeoutException("expired"), true, OUTCOME_UNKNOWN, UNKNOWN),
                Arguments.of(new NetworkException("cut"), true, OUTCOME_UNKNOWN, UNKNOWN),
                Arguments.of(new NotEnoughReplicasException("few"), true, OUTCOME_UNKNOWN, UNKNOWN),
                Arguments.of(
                        new NotEnoughReplicasAfterAppendException("few"),
                        true,
                        OUTCOME_UNKNOWN,
                        UNKNOWN),
                Arguments.of(
                        new OutOfOrderSequenceException("gap"), true, OUTCOME_UNKNOWN, UNKNOWN),
                Arguments.of(new KafkaException("forced"), true, OUTCOME_UNKNOWN, UNKNOWN),
                Arguments.of(new RecordTooLargeException("big"), true, TOO_LARGE, NOT_WRITTEN),
                Arguments.of(
                        new TopicAuthorizationException("no"),
                        true,
                        KAFKA_UNAVAILABLE,
                        NOT_WRITTEN));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void saysWhetherTheEventMayBeStored(
            Exception failure, boolean handedOver, ProblemType type, Outcome outcome) {
        DeliveryFailure told = classifier.classify(EVENT, failure, handedOver);

        assertThat(told.type()).isEqualTo(type);
        assertThat(told.outcome()).isEqualTo(outcome);
        assertThat(told.eventId()).isEqualTo("e-1");
        assertThat(told.topic()).isEqualTo(EVENT.topic().name());
    }

    static Stream<Arguments> ends() {
        return Stream.of(
                Arguments.of(new OutOfOrderSequenceException("gap"), true),
                Arguments.of(new ProducerFencedException("fenced"), true),
                Arguments.of(new ClusterAuthorizationException("no"), true),
                Arguments.of(new KafkaException("in an error state"), true),
                Arguments.of(new IllegalStateException("closed"), true),
                Arguments.of(new TimeoutException("expired"), false),
                Arguments.of(new NotEnoughReplicasException("few"), false),
                Arguments.of(new RecordTooLargeException("big"), false));
    }

    @ParameterizedTest
    @MethodSource("ends")
    void knowsWhichProducersAreOfNoMoreUse(Exception failure, boolean fatal) {
        assertThat(classifier.isFatalForProducer(failure)).isEqualTo(fatal);
    }
}
