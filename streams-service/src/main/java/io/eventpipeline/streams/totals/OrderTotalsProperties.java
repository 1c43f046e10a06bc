package io.eventpipeline.streams.totals;

import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of the order totals.
 *
 * @param history how far back totals can be asked for, and how late an order may come; the newest
 *     total is kept for ever. The stores take a part of it as retention, so a change of it applies
 *     to what is written from then on
 */
@Validated
@ConfigurationProperties("pipeline.streams.totals")
public record OrderTotalsProperties(
        @DefaultValue("72h") @NotNull @DurationMin(minutes = 1) Duration history) {}
