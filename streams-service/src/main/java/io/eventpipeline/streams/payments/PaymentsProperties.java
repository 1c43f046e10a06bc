package io.eventpipeline.streams.payments;

import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of the matching of payments.
 *
 * @param window how far apart an order and its payment may be, by their own times
 * @param grace how much longer the other half is waited for, because events come late
 */
@Validated
@ConfigurationProperties("pipeline.streams.payments")
public record PaymentsProperties(
        @DefaultValue("1h") @NotNull @DurationMin(seconds = 1) Duration window,
        @DefaultValue("1m") @NotNull @DurationMin Duration grace) {}
