package io.eventpipeline.consumer.steering;

import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How listeners are steered over REST.
 *
 * @param patience how long an answer waits for its command to be in effect, which is when the batch
 *     in hand is done; after it the answer is 202 and the command still comes into effect
 */
@Validated
@ConfigurationProperties("pipeline.consumer.steering")
public record SteeringProperties(
        @DefaultValue("15s") @NotNull @DurationMin(millis = 0) Duration patience) {}
