package io.eventpipeline.producer.ratelimits;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * How much may be sent. Each instance counts for itself: behind a balancer the limits of all add
 * up.
 *
 * @param client for each client
 * @param topic for each topic, whoever sends
 * @param burst so many seconds' worth are saved up while less is sent
 * @param clientHeader the header that says who the client is, as a proxy in front of the service
 *     sets it: who can write it himself can be anyone. Without it, or where a request has none, the
 *     client is its address
 * @param maxClients so many clients are known at once; the one that was silent for longest is
 *     forgotten, and then starts anew
 * @param maxRequestsInFlightPerClient with so many requests of one client at once its next is
 *     refused with 429; 0 is no limit
 */
@Validated
@ConfigurationProperties("pipeline.producer.rate-limits")
public record RateLimitsProperties(
        @DefaultValue @Valid Limit client,
        @DefaultValue @Valid Limit topic,
        @DefaultValue("5s") @DurationMin(seconds = 1) @DurationMax(hours = 1) Duration burst,
        @Nullable String clientHeader,
        @DefaultValue("10000") @Min(1) @Max(1_000_000) int maxClients,
        @DefaultValue("0") @Min(0) int maxRequestsInFlightPerClient) {

    private static final long MOST = 1_000_000_000_000L;

    /**
     * Checks the header's name.
     *
     * @throws IllegalArgumentException if it can be none
     */
    public RateLimitsProperties {
        if (clientHeader != null && !clientHeader.matches("[!#$%&'*+.^_`|~0-9A-Za-z-]+")) {
            throw new IllegalArgumentException(
                    "pipeline.producer.rate-limits.client-header is '"
                            + clientHeader
                            + "', which cannot be the name of a header");
        }
    }

    /**
     * A limit.
     *
     * @param recordsPerSecond so many records a second; 0 is no limit
     * @param bytesPerSecond so many bytes a second; 0 is no limit
     */
    public record Limit(
            @DefaultValue("0") @Min(0) @Max(1_000_000_000) long recordsPerSecond,
            @DefaultValue("0B") DataSize bytesPerSecond) {

        /**
         * Checks the size.
         *
         * @throws IllegalArgumentException if it is negative or absurd
         */
        public Limit {
            if (bytesPerSecond.toBytes() < 0 || bytesPerSecond.toBytes() > MOST) {
                throw new IllegalArgumentException(
                        "bytes-per-second of pipeline.producer.rate-limits must be between 0 and "
                                + MOST);
            }
        }
    }

    /** Whether anything is limited. */
    public boolean any() {
        return maxRequestsInFlightPerClient > 0 || limits(client) || limits(topic);
    }

    private static boolean limits(Limit limit) {
        return limit.recordsPerSecond() > 0 || limit.bytesPerSecond().toBytes() > 0;
    }
}
