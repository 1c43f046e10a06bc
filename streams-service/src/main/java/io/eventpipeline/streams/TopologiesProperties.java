package io.eventpipeline.streams;

import jakarta.validation.constraints.NotEmpty;
import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Which topologies run, so that one with much load can have instances of its own.
 *
 * @param enabled what this application runs. All instances of one application id have the same
 *     ones, and another choice takes another {@code spring.kafka.streams.application-id}, because
 *     state lies under the numbers that the topologies have among each other
 */
@Validated
@ConfigurationProperties("pipeline.streams.topologies")
record TopologiesProperties(
        @DefaultValue({
                    "shipments",
                    "page-counts",
                    "log-filter",
                    "server-alerts",
                    "order-totals",
                    "payments"
                })
                @NotEmpty
                Set<Name> enabled) {

    /** The topologies in the order of the data; a new one goes to the end. */
    enum Name {
        /** Orders become shipments. */
        SHIPMENTS,
        /** Page views are counted in windows. */
        PAGE_COUNTS,
        /** Long log lines are kept. */
        LOG_FILTER,
        /** Measurements of servers raise alerts. */
        SERVER_ALERTS,
        /** Orders are summed up. */
        ORDER_TOTALS,
        /** Payments are matched with orders. */
        PAYMENTS
    }
}
