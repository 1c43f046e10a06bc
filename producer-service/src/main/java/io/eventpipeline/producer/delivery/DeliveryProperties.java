package io.eventpipeline.producer.delivery;

import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How long senders wait for Kafka.
 *
 * @param deadline every call is answered this long after its body arrived, whatever Kafka does; at
 *     least {@code max.block.ms} + {@code delivery.timeout.ms} of the producer, so that an event is
 *     never sent after its sender was told that nobody knows
 * @param closeTimeout how long a producer that is closed may go on sending what it holds; what is
 *     left then is logged by event id. Every sender was answered before, so it need not be long
 * @param minimumBufferFree below this share of {@code buffer.memory} the service is not ready
 */
@Validated
@ConfigurationProperties("pipeline.producer.delivery")
public record DeliveryProperties(
        @DefaultValue("9500ms") @DurationMin(seconds = 1) @DurationMax(seconds = 10)
                Duration deadline,
        @DefaultValue("3s") @DurationMin(seconds = 1) @DurationMax(seconds = 30)
                Duration closeTimeout,
        @DefaultValue("0.1") @DecimalMin("0") @DecimalMax("1") double minimumBufferFree) {}
