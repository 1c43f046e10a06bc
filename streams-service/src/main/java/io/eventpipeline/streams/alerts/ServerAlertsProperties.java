package io.eventpipeline.streams.alerts;

import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * When servers need attention. Shares are of all processors or of the memory, 0 to 1.
 *
 * @param warning the share from which on there is a warning
 * @param critical the share from which on it is critical; more than {@code warning}
 * @param hysteresis how far a share has to fall below a threshold before the same alert can come
 *     again; less than {@code warning}
 * @param silentWarning after how long without a measurement there is a warning
 * @param silentCritical after how long without a measurement it is critical; longer than {@code
 *     silent-warning}
 * @param forgetAfter after how long without a measurement a host is taken for gone for good; longer
 *     than {@code silent-critical}
 */
@Validated
@ConfigurationProperties("pipeline.streams.alerts")
public record ServerAlertsProperties(
        @DefaultValue("0.8") @DecimalMin("0.01") @DecimalMax("1") double warning,
        @DefaultValue("0.95") @DecimalMin("0.01") @DecimalMax("1") double critical,
        @DefaultValue("0.1") @DecimalMin("0") @DecimalMax("1") double hysteresis,
        @DefaultValue("1m") @NotNull @DurationMin(seconds = 1) Duration silentWarning,
        @DefaultValue("5m") @NotNull @DurationMin(seconds = 1) Duration silentCritical,
        @DefaultValue("24h") @NotNull @DurationMin(seconds = 1) Duration forgetAfter) {

    /**
     * Checks what a constraint cannot.
     *
     * @throws IllegalArgumentException if the values are not in their order
     */
    public ServerAlertsProperties {
        require(critical > warning, "critical", "more than warning");
        require(hysteresis < warning, "hysteresis", "less than warning");
        require(
                silentCritical.compareTo(silentWarning) > 0,
                "silent-critical",
                "longer than silent-warning");
        require(
                forgetAfter.compareTo(silentCritical) > 0,
                "forget-after",
                "longer than silent-critical");
    }

    private static void require(boolean holds, String property, String rule) {
        if (!holds) {
            throw new IllegalArgumentException(
                    "pipeline.streams.alerts." + property + " must be " + rule);
        }
    }
}
