package io.eventpipeline.consumer.partitions;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** The brokers did not answer a question in time; asking later may help. */
public final class KafkaUnansweredException extends RuntimeException {

    @Serial private static final long serialVersionUID = 1L;

    /** Creates it with the question and the cause. */
    public KafkaUnansweredException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
