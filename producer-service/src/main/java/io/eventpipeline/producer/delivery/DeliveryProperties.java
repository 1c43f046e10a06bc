package io.eventpipeline.producer.delivery;

import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * How long senders wait for Kafka.
 *
 * @param deadline every call is answered this long after its body arrived, whatever Kafka does; at
 *     least {@code max.block.ms} + {@code delivery.timeout.ms} of the producer, so that an event is
 *     never sent after its sender was told that nobody knows
 * @param closeTimeout how long a producer that is closed may go on sending what it holds; what is
 *     left then is logged by event id. Every sender was answered before, so it need not be long
 * @param maxRecordsInFlightPerTopic so many records of one topic may wait for Kafka at once; more
 *     are refused with 429, so that a slow topic starves no other
 * @param maxBytesInFlightPerTopic the same for their bytes; a request of the largest size is always
 *     taken by a topic that has nothing in flight
 * @param minimumBufferFree below this share of {@code buffer.memory} the service is not ready
 */
@Validated
@ConfigurationProperties("pipeline.producer.delivery")
public record DeliveryProperties(
        @DefaultValue("9500ms") @DurationMin(seconds = 1) @DurationMax(seconds = 10)
                Duration deadline,
        @DefaultValue("3s") @DurationMin(seconds = 1) @DurationMax(seconds = 30)
                Duration closeTimeout,
        @DefaultValue("100000") @Min(1) int maxRecordsInFlightPerTopic,
        @DefaultValue("8MB") DataSize maxBytesInFlightPerTopic,
        @DefaultValue("0.1") @DecimalMin("0") @DecimalMax("1") double minimumBufferFree) {}
