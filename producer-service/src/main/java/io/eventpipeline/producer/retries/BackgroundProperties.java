package io.eventpipeline.producer.retries;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * What may be worked on after its sender was answered with 202.
 *
 * @param maxRequests with so many of them the next is refused with 503
 * @param maxBytes with so much of their bodies in memory the next is refused with 503
 */
@Validated
@ConfigurationProperties("pipeline.producer.async")
public record BackgroundProperties(
        @DefaultValue("500") @Min(1) @Max(10_000) int maxRequests,
        @DefaultValue("16MB") DataSize maxBytes) {}
