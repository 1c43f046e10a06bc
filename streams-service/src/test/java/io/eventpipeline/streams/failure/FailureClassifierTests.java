package io.eventpipeline.streams.failure;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.streams.errors.MissingSourceTopicException;
import org.apache.kafka.streams.errors.StreamsException;
import org.junit.jupiter.api.Test;

/** Only what is known to be the record's fault may be skipped. */
class FailureClassifierTests {

    @Test
    void blamesTheRecordForWhatCannotBeRead() {
        assertThat(FailureClassifier.classify(new SerializationException("no JSON")))
                .isEqualTo(Failure.POISON);
    }

    @Test
    void triesAgainWhenABrokerIsAway() {
        assertThat(FailureClassifier.classify(new StreamsException(new TimeoutException("slow"))))
                .isEqualTo(Failure.TRANSIENT);
    }

    @Test
    void triesAgainAfterADefectOfOurs() {
        assertThat(FailureClassifier.classify(new NullPointerException()))
                .isEqualTo(Failure.TRANSIENT);
    }

    @Test
    void doesNotTakeAWrappedReadingFailureForThatOfTheRecordInHand() {
        assertThat(
                        FailureClassifier.classify(
                                new IllegalStateException(new SerializationException("a store"))))
                .isEqualTo(Failure.TRANSIENT);
    }

    @Test
    void startsAnewWhenAnotherThreadWouldFailAlike() {
        assertThat(FailureClassifier.classify(new MissingSourceTopicException("gone")))
                .isEqualTo(Failure.FATAL);
        assertThat(
                        FailureClassifier.classify(
                                new StreamsException(new TopicAuthorizationException("orders"))))
                .isEqualTo(Failure.FATAL);
        assertThat(FailureClassifier.classify(new FencedInstanceIdException("a twin")))
                .isEqualTo(Failure.FATAL);
        assertThat(FailureClassifier.classify(new NoClassDefFoundError("broken")))
                .isEqualTo(Failure.FATAL);
    }
}
