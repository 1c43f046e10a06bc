package io.eventpipeline.streams.queries;

import io.eventpipeline.starter.problem.ProblemType;
import io.eventpipeline.streams.queries.freshness.RestoreProgress;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.ErrorResponseException;

/** Problems of type {@code state-unavailable}: that this instance, or none, can tell now. */
public final class Unavailable {

    /** The member with the progress. */
    static final String RESTORING = "restoring";

    private static final int RETRY_AFTER_SECONDS = 1;

    private Unavailable() {}

    public static ErrorResponseException because(String reason) {
        return ProblemType.STATE_UNAVAILABLE.exception(reason, RETRY_AFTER_SECONDS);
    }

    /** With how far each store is restored that is missing. */
    public static ErrorResponseException because(String reason, List<RestoreProgress> restoring) {
        ErrorResponseException problem = because(reason);
        if (!restoring.isEmpty()) {
            problem.getBody().setProperty(RESTORING, restoring);
        }
        return problem;
    }

    static boolean is(ErrorResponseException problem) {
        return ProblemType.STATE_UNAVAILABLE.uri().equals(problem.getBody().getType());
    }

    /** Of several, the one that says how long it takes, or else the last. */
    static ErrorResponseException mostTelling(List<ErrorResponseException> refusals) {
        return refusals.stream()
                .filter(refusal -> tellsProgress(refusal.getBody().getProperties()))
                .findFirst()
                .orElseGet(refusals::getLast);
    }

    private static boolean tellsProgress(@Nullable Map<String, ?> members) {
        return members != null && members.containsKey(RESTORING);
    }
}
