package io.eventpipeline.streams.shipments;

import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of the shipments topology.
 *
 * @param waitingLimit how long an order waits for its address and its product before it becomes a
 *     dead letter; counted by this service's clock from the moment it first read the order
 * @param catchUp how long after a (re)start no order is given up: the address that it waits for may
 *     be among what was sent meanwhile and is not read yet
 * @param lookupInterval how often products are looked up for the orders that wait for one, so the
 *     longest time by which a new product is noticed late
 */
@Validated
@ConfigurationProperties("pipeline.streams.shipments")
public record ShipmentsProperties(
        @DefaultValue("24h") @NotNull @DurationMin(seconds = 1) Duration waitingLimit,
        @DefaultValue("1m") @NotNull @DurationMin Duration catchUp,
        @DefaultValue("250ms") @NotNull @DurationMin(millis = 10) @DurationMax(millis = 500)
                Duration lookupInterval) {}
