package io.eventpipeline.connect.metrics;

import jakarta.validation.constraints.Min;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of the metrics of connectors and tasks.
 *
 * @param maxTasks of so many tasks of this worker, by name, the metrics are given; each task has
 *     about twenty series
 */
@Validated
@ConfigurationProperties("pipeline.connect.metrics")
record ConnectMetricsProperties(@Min(0) @DefaultValue("200") int maxTasks) {}
