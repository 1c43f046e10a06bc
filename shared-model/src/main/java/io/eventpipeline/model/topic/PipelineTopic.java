package io.eventpipeline.model.topic;

import static io.eventpipeline.model.topic.CleanupPolicy.COMPACT;
import static io.eventpipeline.model.topic.CleanupPolicy.COMPACT_AND_DELETE;
import static io.eventpipeline.model.topic.CleanupPolicy.DELETE;
import static io.eventpipeline.model.topic.DeliveryProfile.CRITICAL;
import static io.eventpipeline.model.topic.DeliveryProfile.LOSSY;
import static io.eventpipeline.model.topic.DeliveryProfile.STANDARD;
import static io.eventpipeline.model.topic.TopicDefinition.Audience.CONNECT;
import static io.eventpipeline.model.topic.TopicDefinition.Audience.PRODUCER;
import static io.eventpipeline.model.topic.TopicDefinition.Audience.SENDERS;
import static io.eventpipeline.model.topic.TopicDefinition.Audience.TOPOLOGIES;

import io.eventpipeline.model.commerce.AddressChanged;
import io.eventpipeline.model.commerce.OrderPlaced;
import io.eventpipeline.model.commerce.PaymentCaptured;
import io.eventpipeline.model.commerce.PaymentUnmatched;
import io.eventpipeline.model.commerce.ProductListed;
import io.eventpipeline.model.commerce.ShipmentRequested;
import io.eventpipeline.model.event.Event;
import io.eventpipeline.model.fleet.PositionReported;
import io.eventpipeline.model.ops.ServerAlert;
import io.eventpipeline.model.ops.ServerMeasured;
import io.eventpipeline.model.topic.TopicDefinition.Audience;
import io.eventpipeline.model.web.PageCount;
import io.eventpipeline.model.web.PageViewed;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The topics of the pipeline, without their environment. This list is the only place where a topic
 * is declared; {@link TopicCatalogue} gives each its name in an environment. Names cannot be
 * changed later.
 */
public enum PipelineTopic {
    /** Orders, keyed by customer. */
    ORDER_PLACED(
            "commerce.order", "placed", 6, DELETE, days(3), CRITICAL, OrderPlaced.class, SENDERS),
    /** The address of each customer. */
    ADDRESS_CHANGED(
            "commerce.customer",
            "address-changed",
            6,
            COMPACT,
            null,
            CRITICAL,
            AddressChanged.class,
            SENDERS),
    /** The product of each sku; not co-partitioned with the orders, on purpose. */
    PRODUCT_LISTED(
            "commerce.catalog",
            "product-listed",
            3,
            COMPACT,
            null,
            CRITICAL,
            ProductListed.class,
            SENDERS),
    /** Payments, keyed by customer. */
    PAYMENT_CAPTURED(
            "commerce.payment",
            "captured",
            6,
            DELETE,
            days(3),
            CRITICAL,
            PaymentCaptured.class,
            SENDERS),
    /** Orders and payments without their other half. */
    PAYMENT_UNMATCHED(
            "commerce.payment",
            "unmatched",
            6,
            DELETE,
            days(3),
            CRITICAL,
            PaymentUnmatched.class,
            TOPOLOGIES),
    /** Orders joined with address and product. */
    SHIPMENT_REQUESTED(
            "commerce.shipping",
            "requested",
            6,
            DELETE,
            days(3),
            CRITICAL,
            ShipmentRequested.class,
            TOPOLOGIES),
    /** Page views, keyed by page. */
    PAGE_VIEWED(
            "web.visit", "page-viewed", 6, DELETE, days(3), STANDARD, PageViewed.class, SENDERS),
    /** Page counts per window. */
    PAGE_COUNTS(
            "web.visit",
            "page-counts",
            6,
            COMPACT_AND_DELETE,
            days(14),
            STANDARD,
            PageCount.class,
            TOPOLOGIES),
    /** Positions of vehicles, which may be lost. */
    POSITION_REPORTED(
            "fleet.gps",
            "position-reported",
            6,
            DELETE,
            Duration.ofHours(6),
            LOSSY,
            PositionReported.class,
            SENDERS),
    /** Measurements of servers, keyed by host. */
    SERVER_MEASURED(
            "ops.server", "measured", 3, DELETE, days(3), STANDARD, ServerMeasured.class, SENDERS),
    /** Alerts that can wait. */
    SERVER_ALERT(
            "ops.server", "alert", 3, DELETE, days(3), STANDARD, ServerAlert.class, TOPOLOGIES),
    /** Alerts that cannot. */
    SERVER_ALERT_CRITICAL(
            "ops.server",
            "alert-critical",
            3,
            DELETE,
            days(3),
            STANDARD,
            ServerAlert.class,
            TOPOLOGIES),
    /** Lines of logs, as plain text without key. */
    LOG_LINE("ops.log", "line", 3, DELETE, days(3), STANDARD, null, SENDERS),
    /** The lines that passed the filter. */
    LOG_LINE_FILTERED("ops.log", "line-filtered", 3, DELETE, days(3), STANDARD, null, TOPOLOGIES),
    /** Connect's connectors; one partition, because their order matters. */
    CONNECT_CONFIGS("platform.connect", "configs", 1, COMPACT, null, CRITICAL, null, CONNECT),
    /** Connect's source offsets. */
    CONNECT_OFFSETS("platform.connect", "offsets", 25, COMPACT, null, CRITICAL, null, CONNECT),
    /** Connect's connector and task states. */
    CONNECT_STATUS("platform.connect", "status", 5, COMPACT, null, CRITICAL, null, CONNECT),
    /**
     * What became of requests that can be repeated or asked for; how long it is kept is how long a
     * repeat is known.
     */
    PRODUCER_REQUESTS(
            "platform.producer",
            "requests",
            8,
            COMPACT_AND_DELETE,
            days(1),
            CRITICAL,
            null,
            PRODUCER);

    private final String projectAndService;
    private final String event;
    private final int partitions;
    private final CleanupPolicy cleanup;
    private final @Nullable Duration retention;
    private final DeliveryProfile profile;
    private final @Nullable Class<? extends Event> eventType;
    private final Audience audience;

    PipelineTopic(
            String projectAndService,
            String event,
            int partitions,
            CleanupPolicy cleanup,
            @Nullable Duration retention,
            DeliveryProfile profile,
            @Nullable Class<? extends Event> eventType,
            Audience audience) {
        this.projectAndService = projectAndService;
        this.event = event;
        this.partitions = partitions;
        this.cleanup = cleanup;
        this.retention = retention;
        this.profile = profile;
        this.eventType = eventType;
        this.audience = audience;
    }

    TopicDefinition in(String environment) {
        return new TopicDefinition(
                projectAndService + "." + environment + "." + event,
                partitions,
                cleanup,
                retention,
                profile,
                eventType,
                eventType != null || audience.isService(),
                audience);
    }

    private static Duration days(int days) {
        return Duration.ofDays(days);
    }
}
