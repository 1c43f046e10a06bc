package io.eventpipeline.producer.delivery.transactions;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How records are stored together.
 *
 * @param poolSize so many transactions run at once, each with a producer of its own; more wait
 * @param maxWait a request that gets none of them in that time is refused with 503
 * @param timeout Kafka aborts a transaction that nobody ended after this; its partitions' readers
 *     wait until then. Brokers look for such transactions every {@code
 *     transaction.abort.timed.out.transaction.cleanup.interval.ms}, which adds to it: the brokers
 *     of this product do so every second
 */
@Validated
@ConfigurationProperties("pipeline.producer.transactions")
public record TransactionsProperties(
        @DefaultValue("4") @Min(1) @Max(64) int poolSize,
        @DefaultValue("1s") @DurationMin(millis = 1) @DurationMax(seconds = 2) Duration maxWait,
        @DefaultValue("9s") @DurationMin(seconds = 4) @DurationMax(seconds = 60)
                Duration timeout) {}
