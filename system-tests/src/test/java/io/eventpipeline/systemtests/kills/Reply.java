package io.eventpipeline.systemtests.kills;

import java.net.http.HttpResponse;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What came back to a question. Moments are those of {@link System#nanoTime}.
 *
 * @param status of HTTP; 0 if no answer came
 * @param body as text
 * @param sent when it was asked
 * @param received when the answer was there
 * @param admitted how old the answer may be; null if it was not asked that way
 * @param role who answered: active or standby; null if the answer does not say
 * @param staleness how old the answer says it is at most; null if it does not
 */
record Reply(
        int status,
        String body,
        long sent,
        long received,
        @Nullable Duration admitted,
        @Nullable String role,
        @Nullable Duration staleness) {

    static final String ROLE_HEADER = "Pipeline-Role";
    static final String STALENESS_HEADER = "Pipeline-Staleness";

    private static final String STANDBY = "standby";
    private static final String UNKNOWN = "unknown";

    static Reply of(HttpResponse<String> response, long sent, @Nullable Duration admitted) {
        return new Reply(
                response.statusCode(),
                response.body(),
                sent,
                System.nanoTime(),
                admitted,
                response.headers().firstValue(ROLE_HEADER).orElse(null),
                response.headers()
                        .firstValue(STALENESS_HEADER)
                        .filter(text -> !text.equals(UNKNOWN))
                        .map(Duration::parse)
                        .orElse(null));
    }

    static Reply none(long sent, @Nullable Duration admitted) {
        return new Reply(0, "", sent, System.nanoTime(), admitted, null, null);
    }

    /** The same answer, if nothing at all may be missing in it. */
    Reply demandingAll() {
        return new Reply(status, body, sent, received, null, role, Duration.ZERO);
    }

    boolean isOk() {
        return status == 200;
    }

    boolean isNotFound() {
        return status == 404;
    }

    boolean isByStandby() {
        return STANDBY.equals(role);
    }

    /** What was processed at this moment must be in the answer. */
    long processedBy() {
        return admitted == null ? sent : sent - admitted.toNanos();
    }

    /** By what the answer says of itself, what was stored at this moment is in it. */
    @Nullable Long storedBy() {
        return staleness == null ? null : sent - staleness.toNanos();
    }

    /** What the answer must at least know of a number that grows. */
    long least(Timeline processed, Timeline stored) {
        Long storedBy = storedBy();
        long least = processed.at(processedBy());
        return storedBy == null ? least : Math.max(least, stored.at(storedBy));
    }
}
