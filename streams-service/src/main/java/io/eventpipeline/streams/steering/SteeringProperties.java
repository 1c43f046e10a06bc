package io.eventpipeline.streams.steering;

import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How the client is steered over REST.
 *
 * @param patience how long an answer waits for its command to be in effect; after it the answer is
 *     202 and the command still comes into effect
 */
@Validated
@ConfigurationProperties("pipeline.streams.steering")
public record SteeringProperties(
        @DefaultValue("15s") @NotNull @DurationMin(millis = 1) Duration patience) {}
