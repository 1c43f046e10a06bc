package io.eventpipeline.producer.intake;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * What one request may bring, and what all together may.
 *
 * @param maxBodySize a larger body is refused with 413
 * @param maxEvents an array with more events is refused with 413
 * @param maxDiscarded so much of a refused body is read and thrown away, so that a client which
 *     only listens after it has sent all sees the answer
 * @param maxTimeAhead an event that is counted in windows may lie so far in the future; one further
 *     ahead would close windows before their time, and is refused with 422
 * @param maxRequestsInFlight with so many requests at once the next is refused with 503
 * @param maxBytesInFlight with so much of their bodies in memory the next is refused with 503; at
 *     least {@code max-body-size}
 */
@Validated
@ConfigurationProperties("pipeline.producer.intake")
public record IntakeProperties(
        @DefaultValue("5MB") DataSize maxBodySize,
        @DefaultValue("1000") @Min(1) @Max(100_000) int maxEvents,
        @DefaultValue("64MB") DataSize maxDiscarded,
        @DefaultValue("5m") @DurationMin Duration maxTimeAhead,
        @DefaultValue("2000") @Min(1) int maxRequestsInFlight,
        @DefaultValue("24MB") DataSize maxBytesInFlight) {

    private static final DataSize LARGEST_BODY = DataSize.ofMegabytes(100);

    /**
     * Checks what depends on each other.
     *
     * @throws IllegalArgumentException if a body of the largest size could never be taken
     */
    public IntakeProperties {
        if (maxBodySize.toBytes() < 1 || maxBodySize.compareTo(LARGEST_BODY) > 0) {
            throw new IllegalArgumentException(
                    "pipeline.producer.intake.max-body-size must be between 1 B and "
                            + LARGEST_BODY.toMegabytes()
                            + " MB, because bodies are kept in memory");
        }
        if (maxBytesInFlight.compareTo(maxBodySize) < 0) {
            throw new IllegalArgumentException(
                    "pipeline.producer.intake.max-bytes-in-flight must be at least max-body-size");
        }
    }
}
