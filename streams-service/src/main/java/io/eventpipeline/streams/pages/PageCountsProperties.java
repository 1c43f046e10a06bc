package io.eventpipeline.streams.pages;

import io.eventpipeline.model.web.WindowKind;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import java.util.Set;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of the page counts. A change of sizes begins new windows beside the old ones in the same
 * stores, so it needs a reset of the application.
 *
 * @param size how long tumbling, hopping and sliding windows are
 * @param hop how far one hopping window begins after the other; not more than {@code size}
 * @param sessionGap a session ends when a page was not seen for so long
 * @param grace how long after its end a window still takes views that come late; then its count is
 *     final
 * @param retention how long counts can be asked for; at least as long as windows are open
 * @param kinds which windows are counted; another choice takes another {@code
 *     spring.kafka.streams.application-id}
 */
@Validated
@ConfigurationProperties("pipeline.streams.pages")
public record PageCountsProperties(
        @DefaultValue("5m") @NotNull @DurationMin(seconds = 1) Duration size,
        @DefaultValue("1m") @NotNull @DurationMin(seconds = 1) Duration hop,
        @DefaultValue("5m") @NotNull @DurationMin(seconds = 1) Duration sessionGap,
        @DefaultValue("30s") @NotNull @DurationMin Duration grace,
        @DefaultValue("24h") @NotNull @DurationMin(seconds = 1) Duration retention,
        @DefaultValue({"tumbling", "hopping", "sliding", "session"}) @NotEmpty
                Set<WindowKind> kinds) {

    /**
     * Checks what a constraint cannot.
     *
     * @throws IllegalArgumentException if views would fall between two hopping windows, or windows
     *     be forgotten before they close
     */
    public PageCountsProperties {
        if (hop.compareTo(size) > 0) {
            throw new IllegalArgumentException(
                    "pipeline.streams.pages.hop must not be longer than"
                            + " pipeline.streams.pages.size: "
                            + hop
                            + " against "
                            + size);
        }
        Duration open = (size.compareTo(sessionGap) > 0 ? size : sessionGap).plus(grace);
        if (retention.compareTo(open) < 0) {
            throw new IllegalArgumentException(
                    "pipeline.streams.pages.retention must be at least as long as a window is open:"
                            + " "
                            + retention
                            + " against "
                            + open);
        }
    }
}
