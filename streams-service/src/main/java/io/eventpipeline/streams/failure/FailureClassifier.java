package io.eventpipeline.streams.failure;

import io.eventpipeline.model.json.InvalidEventException;
import io.eventpipeline.model.json.MalformedJsonException;
import io.eventpipeline.streams.intake.RefusedRecordException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.UnsupportedVersionException;
import org.apache.kafka.streams.errors.MissingSourceTopicException;
import org.apache.kafka.streams.errors.TopologyException;

/**
 * The one place that decides what a failure means. A processing exception handler hears of
 * everything that a step throws, of a broker that is away too; only what is known to be poison may
 * be skipped, or events would be lost.
 */
public final class FailureClassifier {

    private FailureClassifier() {}

    /** Classifies a failure by itself and its causes. */
    public static Failure classify(Throwable failure) {
        if (isPoison(failure)) {
            return Failure.POISON;
        }
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (isFatal(cause)) {
                return Failure.FATAL;
            }
        }
        return Failure.TRANSIENT;
    }

    private static boolean isPoison(Throwable failure) {
        return failure instanceof RefusedRecordException
                || failure instanceof SerializationException
                || failure instanceof InvalidEventException
                || failure instanceof MalformedJsonException;
    }

    private static boolean isFatal(Throwable cause) {
        return cause instanceof Error
                || cause instanceof MissingSourceTopicException
                || cause instanceof TopologyException
                || cause instanceof AuthenticationException
                || cause instanceof AuthorizationException
                || cause instanceof FencedInstanceIdException
                || cause instanceof UnsupportedVersionException;
    }
}
