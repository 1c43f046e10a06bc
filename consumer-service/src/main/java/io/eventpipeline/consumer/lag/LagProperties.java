package io.eventpipeline.consumer.lag;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
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
 * @param standStill how long a group may stand at one offset of a partition while records wait
 *     there, until health names the partition; below the longest pause of a healthy group it would
 *     cry wolf. For the archive its {@code max-age} is added
 * @param clusterInterval pause between two looks at all groups of the cluster
 * @param maxGroups how many groups of the cluster are looked at, this service's first, then by
 *     name; the others are only counted
 * @param maxSeries how many pairs of group and topic of the cluster become metrics
 */
@Validated
@ConfigurationProperties("pipeline.consumer.lag")
public record LagProperties(
        @DefaultValue("5s") @NotNull @DurationMin(millis = 100) Duration interval,
        @DefaultValue("30s") @NotNull @DurationMin(millis = 100) Duration standStill,
        @DefaultValue("15s") @NotNull @DurationMin(millis = 100) Duration clusterInterval,
        @DefaultValue("100") @Min(1) @Max(10_000) int maxGroups,
        @DefaultValue("300") @Min(1) @Max(100_000) int maxSeries) {}
