package io.eventpipeline.streams.shipments;

import io.eventpipeline.model.commerce.AddressChanged;
import io.eventpipeline.model.commerce.ProductListed;
import io.eventpipeline.model.serde.EventSerdes;
import io.eventpipeline.model.topic.PipelineTopic;
import io.eventpipeline.model.topic.TopicCatalogue;
import io.eventpipeline.streams.intake.Intake;
import io.eventpipeline.streams.intake.IntakeSerdes;
import io.eventpipeline.streams.intake.KeyCheckProcessor;
import io.eventpipeline.streams.intake.KeyCheckProcessor.Tombstones;
import io.eventpipeline.streams.topology.AskedStores;
import io.eventpipeline.streams.topology.StateSerdes;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.kstream.Branched;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Materialized;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Repartitioned;

/**
 * Shipments without a global table: an order that has its address goes through an internal topic to
 * the partition of its product and becomes a shipment there. Products are divided among the
 * instances, and an update of one releases the orders that wait for it by itself. The price, and
 * what is not promised: docs/decisions/0020-join-by-repartition.md.
 */
final class JoinByRepartition {

    private final TopicCatalogue topics;
    private final ShipmentsProperties settings;
    private final ShipmentsMetrics metrics;
    private final int workPerPunctuation;

    JoinByRepartition(
            TopicCatalogue topics,
            ShipmentsProperties settings,
            ShipmentsMetrics metrics,
            int workPerPunctuation) {
        this.topics = topics;
        this.settings = settings;
        this.metrics = metrics;
        this.workPerPunctuation = workPerPunctuation;
    }

    /** How many partitions the internal topic has, and so the products' topic must have. */
    static int partitions(TopicCatalogue topics) {
        return topics.get(PipelineTopic.PRODUCT_LISTED).partitions();
    }

    /** Joins and sends the outcomes. */
    void addTo(StreamsBuilder builder, Intake intake, KStream<String, AddressChanged> addresses) {
        ShipmentSinks sinks = new ShipmentSinks(topics);
        WaitingOrders.addStores(
                builder, WaitingOrders.BY_SKU_ORDERS_STORE, WaitingOrders.BY_SKU_INDEX_STORE);

        intake.orders()
                .process(
                        () -> new OrderAddressProcessor(settings, metrics, workPerPunctuation),
                        Named.as("shipments-address"),
                        ShipmentsTopology.ADDRESSES_STORE,
                        WaitingOrders.ORDERS_STORE,
                        WaitingOrders.INDEX_STORE)
                .merge(
                        addresses.process(
                                () -> new AddressReleaseProcessor(metrics, true),
                                Named.as("shipments-release-by-address"),
                                WaitingOrders.ORDERS_STORE,
                                WaitingOrders.INDEX_STORE),
                        Named.as("shipments-addresses"))
                .split(Named.as("shipments-address-"))
                .branch(
                        (key, outcome) -> outcome instanceof ShipmentOutcome.Addressed,
                        Branched.withConsumer(
                                found -> joinProducts(builder, found, sinks), "found"))
                .defaultBranch(
                        Branched.withConsumer(
                                givenUp -> sinks.letters(givenUp, "shipments-address-letter"),
                                "given-up"));
    }

    private void joinProducts(
            StreamsBuilder builder,
            KStream<String, ShipmentOutcome> addressed,
            ShipmentSinks sinks) {
        KStream<String, ShipmentOutcome> released =
                products(builder)
                        .process(
                                () -> new ProductReleaseProcessor(metrics),
                                Named.as("shipments-release-by-product"),
                                WaitingOrders.BY_SKU_ORDERS_STORE,
                                WaitingOrders.BY_SKU_INDEX_STORE);
        KStream<String, ShipmentOutcome> joined =
                addressed
                        .mapValues(
                                outcome -> ((ShipmentOutcome.Addressed) outcome).order(),
                                Named.as("shipments-addressed-order"))
                        .repartition(
                                Repartitioned.with(
                                                Serdes.String(),
                                                StateSerdes.json(WaitingOrder.class))
                                        .withName("shipments-by-sku")
                                        .withNumberOfPartitions(partitions(topics)))
                        .process(
                                () ->
                                        new OrderProductProcessor(
                                                settings, metrics, workPerPunctuation),
                                Named.as("shipments-join"),
                                ShipmentsTopology.PRODUCTS_STORE,
                                WaitingOrders.BY_SKU_ORDERS_STORE,
                                WaitingOrders.BY_SKU_INDEX_STORE);
        sinks.addTo(joined.merge(released, Named.as("shipments-outcomes")));
    }

    private KStream<String, ProductListed> products(StreamsBuilder builder) {
        return builder.stream(
                        topics.name(PipelineTopic.PRODUCT_LISTED),
                        Consumed.with(Serdes.String(), IntakeSerdes.checked(ProductListed.class))
                                .withName("products-source"))
                .processValues(
                        KeyCheckProcessor.supplier(product -> product, Tombstones.DELETE),
                        Named.as("products-check"))
                .toTable(
                        Named.as("products-table"),
                        Materialized.<String, ProductListed>as(
                                        AskedStores.timestampedKeyValue(
                                                ShipmentsTopology.PRODUCTS_STORE))
                                .withKeySerde(Serdes.String())
                                .withValueSerde(EventSerdes.of(ProductListed.class))
                                // As with addresses: a cache would hold waiting orders back.
                                .withCachingDisabled())
                .toStream(Named.as("products-updates"));
    }
}
