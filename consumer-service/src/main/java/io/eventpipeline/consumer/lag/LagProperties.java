package io.eventpipeline.consumer.lag;

import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How lag is looked at.
 *
 * @param interval pause between two looks for the gauges; the endpoint looks for itself
 */
@Validated
@ConfigurationProperties("pipeline.consumer.lag")
public record LagProperties(
        @DefaultValue("5s") @NotNull @DurationMin(millis = 100) Duration interval) {}
