package io.eventpipeline.connect.connectors;

import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of the restart of failed connectors and tasks.
 *
 * @param enabled whether they are restarted at all
 * @param firstPause from the failure to the first restart; each further pause is twice as long
 * @param longestPause the pauses grow no further than this
 * @param stableAfter how long a restarted one must run until its next failure counts as the first
 * @param limit after so many restarts it stays failed until somebody restarts or configures it
 */
@Validated
@ConfigurationProperties("pipeline.connect.restart")
public record RestartProperties(
        @DefaultValue("true") boolean enabled,
        @NotNull @DefaultValue("2s") Duration firstPause,
        @NotNull @DefaultValue("5m") Duration longestPause,
        @NotNull @DefaultValue("10m") Duration stableAfter,
        @Min(0) @DefaultValue("20") int limit) {

    public RestartProperties {
        if (!firstPause.isPositive() || longestPause.compareTo(firstPause) < 0) {
            throw new IllegalArgumentException(
                    "pipeline.connect.restart.longest-pause must not be shorter than first-pause,"
                            + " and that longer than nothing");
        }
    }
}
