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
 * @param join how an order finds its product: {@code global-table} looks it up in a copy of all
 *     products on every instance; {@code repartition} sends the order through an internal topic to
 *     where its product is (docs/decisions/0020-join-by-repartition.md). A change of it needs a
 *     reset of the application, because state and internal topics are others
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
        @DefaultValue("global-table") @NotNull ProductJoin join,
        @DefaultValue("24h") @NotNull @DurationMin(seconds = 1) Duration waitingLimit,
        @DefaultValue("1m") @NotNull @DurationMin Duration catchUp,
        @DefaultValue("250ms") @NotNull @DurationMin(millis = 10) @DurationMax(millis = 500)
                Duration lookupInterval) {

    /** How an order finds its product. */
    public enum ProductJoin {
        /** In a copy of all products on every instance. */
        GLOBAL_TABLE,
        /** By going where the product is, through an internal topic. */
        REPARTITION
    }
}
