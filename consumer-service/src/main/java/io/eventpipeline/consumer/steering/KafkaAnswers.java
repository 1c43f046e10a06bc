package io.eventpipeline.consumer.steering;

import io.eventpipeline.consumer.partitions.KafkaUnansweredException;
import io.eventpipeline.starter.problem.ProblemType;
import java.util.function.Supplier;

/** Turns brokers that do not answer into an answer. */
final class KafkaAnswers {

    private static final int RETRY_AFTER_SECONDS = 2;

    private KafkaAnswers() {}

    /**
     * Asks the brokers.
     *
     * @throws org.springframework.web.ErrorResponseException with status 503 if they are away
     */
    static <T> T orUnavailable(Supplier<T> question) {
        try {
            return question.get();
        } catch (KafkaUnansweredException e) {
            throw ProblemType.KAFKA_UNAVAILABLE.exception(
                    String.valueOf(e.getMessage()), RETRY_AFTER_SECONDS);
        }
    }
}
