package io.eventpipeline.streams.queries;

import io.eventpipeline.model.commerce.CustomerId;
import io.eventpipeline.model.commerce.Sku;
import io.eventpipeline.starter.problem.ProblemType;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.web.ErrorResponseException;

/** Reads parameters. What cannot be read is a problem of type {@code invalid-parameter}. */
public final class Parameters {

    /** The last moment that Kafka Streams can add a window's length to. */
    public static final Instant LAST = Instant.parse("9999-01-01T00:00:00Z");

    private Parameters() {}

    static CustomerId customer(String text) {
        return id("customer", text, CustomerId::new);
    }

    static Sku sku(String text) {
        return id("sku", text, Sku::new);
    }

    private static <T> T id(String name, String text, Function<String, T> constructor) {
        try {
            return constructor.apply(text);
        } catch (IllegalArgumentException e) {
            throw invalid(name + " " + e.getMessage());
        }
    }

    /** A moment with its offset from UTC (RFC 3339); null for null. */
    static @Nullable Instant instant(String name, @Nullable String text) {
        if (text == null) {
            return null;
        }
        try {
            // In a query, a plus that nobody has encoded is a space.
            Instant moment = OffsetDateTime.parse(text.strip().replace(' ', '+')).toInstant();
            if (moment.isBefore(Instant.EPOCH) || moment.isAfter(LAST)) {
                throw invalid(
                        "%s must be between %s and %s; it is '%s'"
                                .formatted(name, Instant.EPOCH, LAST, text));
            }
            return moment;
        } catch (DateTimeException _) {
            throw invalid(
                    ("%s must be a time with its offset from UTC, such as 2026-11-20T13:02:00Z or"
                                    + " 2026-11-20T14:02:00+01:00; it is '%s'")
                            .formatted(name, text));
        }
    }

    /** A duration as ISO-8601 has it. */
    static Duration duration(String name, String text) {
        try {
            Duration duration = Duration.parse(text.strip());
            if (!duration.isNegative()) {
                return duration;
            }
        } catch (DateTimeException _) {
            // Said below.
        }
        throw invalid(
                "%s must be an ISO-8601 duration such as PT10S, and not negative; it is '%s'"
                        .formatted(name, text));
    }

    /** A whole number within bounds. */
    public static int number(String name, String text, int least, int most) {
        try {
            int number = Integer.parseInt(text.strip());
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException _) {
            // Said below.
        }
        throw invalid(
                "%s must be a whole number from %d to %d; it is '%s'"
                        .formatted(name, least, most, text));
    }

    public static ErrorResponseException invalid(String detail) {
        return ProblemType.INVALID_PARAMETER.exception(detail);
    }
}
