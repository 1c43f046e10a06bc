package io.eventpipeline.streams.logs;

import jakarta.validation.constraints.PositiveOrZero;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of the log filter.
 *
 * @param longerThan a line passes if it has more characters than this; characters are Unicode code
 *     points, so that an emoji is one
 */
@Validated
@ConfigurationProperties("pipeline.streams.logs")
public record LogFilterProperties(@DefaultValue("5") @PositiveOrZero int longerThan) {}
