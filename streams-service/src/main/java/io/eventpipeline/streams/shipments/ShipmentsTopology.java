package io.eventpipeline.streams.shipments;

import io.eventpipeline.model.commerce.AddressChanged;
import io.eventpipeline.model.commerce.ProductListed;
import io.eventpipeline.model.serde.EventSerdes;
import io.eventpipeline.model.topic.PipelineTopic;
import io.eventpipeline.model.topic.TopicCatalogue;
import io.eventpipeline.streams.failure.DeadLetters;
import io.eventpipeline.streams.intake.Intake;
import io.eventpipeline.streams.intake.IntakeSerdes;
import io.eventpipeline.streams.intake.KeyCheckProcessor;
import io.eventpipeline.streams.intake.KeyCheckProcessor.Tombstones;
import io.eventpipeline.streams.shipments.ShipmentsProperties.ProductJoin;
import io.eventpipeline.streams.topology.AskedStores;
import io.eventpipeline.streams.topology.PieceStore;
import io.eventpipeline.streams.topology.PieceStore.Keys;
import io.eventpipeline.streams.topology.PieceStore.Kind;
import io.eventpipeline.streams.topology.TopologyPiece;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Materialized;
import org.apache.kafka.streams.kstream.Named;

/**
 * Orders ⋈ addresses ⋈ products → shipments: each order once, with the address and the product that
 * were known when it was read, or, if one was not, with the first that came.
 *
 * <ul>
 *   <li><b>Time.</b> The address is a table and an order sees it as of its own timestamp: a task
 *       reads orders and addresses in the order of their timestamps as far as they are on the
 *       brokers (KIP-353, KIP-695, {@code max.task.idle.ms} at its default of 0). The product comes
 *       from a global table, which is as new as it is.
 *   <li><b>The other way.</b> With {@code pipeline.streams.shipments.join=repartition} the order
 *       goes to its product instead: {@link JoinByRepartition}.
 *   <li><b>Waiting.</b> docs/decisions/0004-waiting-orders.md.
 *   <li><b>Copies.</b> Two copies of an order give two shipments with one {@code ce_id}.
 *   <li><b>Deleted parts.</b> A tombstone of an address or a product makes it unknown for orders
 *       that come later.
 *   <li><b>Refused.</b> Orders and addresses that cannot be read, are of another type or under
 *       another key than their own, and orders without value become dead letters. A product that
 *       cannot be read counts as deleted, because a global table has no way to write a letter.
 * </ul>
 */
public final class ShipmentsTopology implements TopologyPiece {

    /** The newest address of each customer: part of the query API, and of the changelog's name. */
    public static final String ADDRESSES_STORE = "addresses";

    /** The newest product of each sku, on every instance. */
    public static final String PRODUCTS_STORE = "products";

    /** Lookups and releases of one punctuation, so that its transaction stays short. */
    private static final int WORK_PER_PUNCTUATION = 1_000;

    private final TopicCatalogue topics;
    private final ShipmentsProperties settings;
    private final DeadLetters deadLetters;
    private final ShipmentsMetrics metrics;
    private final int workPerPunctuation;

    /** Creates the topology for the topics of one environment. */
    public ShipmentsTopology(
            TopicCatalogue topics,
            ShipmentsProperties settings,
            DeadLetters deadLetters,
            MeterRegistry registry) {
        this(topics, settings, deadLetters, registry, WORK_PER_PUNCTUATION);
    }

    ShipmentsTopology(
            TopicCatalogue topics,
            ShipmentsProperties settings,
            DeadLetters deadLetters,
            MeterRegistry registry,
            int workPerPunctuation) {
        this.topics = topics;
        this.settings = settings;
        this.deadLetters = deadLetters;
        this.metrics = new ShipmentsMetrics(registry);
        this.workPerPunctuation = workPerPunctuation;
    }

    @Override
    public List<Set<PipelineTopic>> coPartitioned() {
        return List.of(Set.of(PipelineTopic.ORDER_PLACED, PipelineTopic.ADDRESS_CHANGED));
    }

    /** The internal topic that products are joined with has a fixed number. */
    @Override
    public Map<PipelineTopic, Integer> fixedPartitions() {
        return byRepartition()
                ? Map.of(PipelineTopic.PRODUCT_LISTED, JoinByRepartition.partitions(topics))
                : Map.of();
    }

    @Override
    public List<PieceStore> stores() {
        List<PieceStore> stores = new ArrayList<>();
        stores.add(
                new PieceStore(
                        ADDRESSES_STORE,
                        Kind.TABLE,
                        PipelineTopic.ADDRESS_CHANGED,
                        Keys.OF_SOURCE));
        stores.add(
                new PieceStore(
                        PRODUCTS_STORE,
                        byRepartition() ? Kind.TABLE : Kind.GLOBAL_TABLE,
                        PipelineTopic.PRODUCT_LISTED,
                        Keys.OF_SOURCE));
        stores.add(waiting(WaitingOrders.ORDERS_STORE, PipelineTopic.ORDER_PLACED));
        if (byRepartition()) {
            stores.add(waiting(WaitingOrders.BY_SKU_ORDERS_STORE, PipelineTopic.PRODUCT_LISTED));
        }
        return stores;
    }

    private static PieceStore waiting(String name, PipelineTopic source) {
        return new PieceStore(name, Kind.TABLE, source, Keys.OWN);
    }

    private boolean byRepartition() {
        return settings.join() == ProductJoin.REPARTITION;
    }

    @Override
    public void addTo(StreamsBuilder builder, Intake intake) {
        if (byRepartition()) {
            WaitingOrders.addStores(builder, WaitingOrders.ORDERS_STORE, WaitingOrders.INDEX_STORE);
            new JoinByRepartition(topics, settings, metrics, workPerPunctuation)
                    .addTo(builder, intake, addresses(builder));
        } else {
            addProducts(builder);
            WaitingOrders.addStores(builder, WaitingOrders.ORDERS_STORE, WaitingOrders.INDEX_STORE);
            joinByGlobalTable(builder, intake);
        }
    }

    private void joinByGlobalTable(StreamsBuilder builder, Intake intake) {
        KStream<String, ShipmentOutcome> released =
                addresses(builder)
                        .process(
                                () -> new AddressReleaseProcessor(metrics, false),
                                Named.as("shipments-release-by-address"),
                                WaitingOrders.ORDERS_STORE,
                                WaitingOrders.INDEX_STORE);
        KStream<String, ShipmentOutcome> joined =
                intake.orders()
                        .process(
                                () -> new OrderJoinProcessor(settings, metrics, workPerPunctuation),
                                Named.as("shipments-join"),
                                ADDRESSES_STORE,
                                WaitingOrders.ORDERS_STORE,
                                WaitingOrders.INDEX_STORE);
        new ShipmentSinks(topics).addTo(joined.merge(released, Named.as("shipments-outcomes")));
    }

    private void addProducts(StreamsBuilder builder) {
        builder.globalTable(
                topics.name(PipelineTopic.PRODUCT_LISTED),
                Consumed.with(
                                Serdes.String(),
                                IntakeSerdes.forgiving(
                                        ProductListed.class, deadLetters::withoutLetter))
                        .withName("products"),
                Materialized.as(AskedStores.timestampedKeyValue(PRODUCTS_STORE)));
    }

    private KStream<String, AddressChanged> addresses(StreamsBuilder builder) {
        return builder.stream(
                        topics.name(PipelineTopic.ADDRESS_CHANGED),
                        Consumed.with(Serdes.String(), IntakeSerdes.checked(AddressChanged.class))
                                .withName("addresses-source"))
                .processValues(
                        KeyCheckProcessor.supplier(address -> address, Tombstones.DELETE),
                        Named.as("addresses-check"))
                .toTable(
                        Named.as("addresses-table"),
                        Materialized.<String, AddressChanged>as(
                                        AskedStores.timestampedKeyValue(ADDRESSES_STORE))
                                .withKeySerde(Serdes.String())
                                .withValueSerde(EventSerdes.of(AddressChanged.class))
                                // A cache would hold updates back, and waiting orders with them,
                                // and show a query less than was read.
                                .withCachingDisabled())
                .toStream(Named.as("addresses-updates"));
    }
}
