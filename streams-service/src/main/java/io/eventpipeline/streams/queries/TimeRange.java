package io.eventpipeline.streams.queries;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A range of time; both ends belong to it.
 *
 * @param from its beginning
 * @param to its end
 */
public record TimeRange(Instant from, Instant to) {

    private static final Duration DEFAULT_LENGTH = Duration.ofHours(1);

    /**
     * Reads {@code from} and {@code to}: the hour before the end without a beginning, until now
     * without an end.
     *
     * @throws org.springframework.web.ErrorResponseException a problem of type {@code
     *     invalid-parameter}
     */
    public static TimeRange of(@Nullable String from, @Nullable String to, Instant now) {
        Instant end = Parameters.instant("to", to);
        Instant last = end == null ? now : end;
        Instant begin = Parameters.instant("from", from);
        Instant hourBefore = last.minus(DEFAULT_LENGTH);
        TimeRange range =
                new TimeRange(
                        begin != null
                                ? begin
                                : hourBefore.isBefore(Instant.EPOCH) ? Instant.EPOCH : hourBefore,
                        last);
        if (range.from().isAfter(last)) {
            throw Parameters.invalid(
                    "from must not be after to: %s against %s".formatted(range.from(), last));
        }
        return range;
    }
}
