package io.eventpipeline.streams.queries;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a question is asked.
 *
 * @param maxStaleness how old an answer may be; null if only the active instance may answer,
 *     however far it has come
 * @param fromInstance whether another instance asks, which is the one hop there may be
 */
public record Asking(@Nullable Duration maxStaleness, boolean fromInstance) {

    static final String MAX_STALENESS = "maxStaleness";

    /**
     * Reads a request.
     *
     * @throws org.springframework.web.ErrorResponseException a problem of type {@code
     *     invalid-parameter}
     */
    public static Asking of(HttpServletRequest request) {
        String maxStaleness = request.getParameter(MAX_STALENESS);
        return new Asking(
                maxStaleness == null ? null : Parameters.duration(MAX_STALENESS, maxStaleness),
                OtherInstances.cameFromAnother(request));
    }

    /** Whether a standby may answer. */
    public boolean acceptsStandby() {
        return maxStaleness != null;
    }
}
