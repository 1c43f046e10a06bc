package io.eventpipeline.streams.shipments;

import io.eventpipeline.model.commerce.AddressChanged;
import io.eventpipeline.model.commerce.ProductListed;
import io.eventpipeline.model.commerce.ShipmentRequested;
import io.eventpipeline.model.serde.EventSerdes;
import io.eventpipeline.model.topic.PipelineTopic;
import io.eventpipeline.model.topic.TopicCatalogue;
import io.eventpipeline.streams.failure.DeadLetters;
import io.eventpipeline.streams.intake.Intake;
import io.eventpipeline.streams.intake.IntakeSerdes;
import io.eventpipeline.streams.intake.KeyCheckProcessor;
import io.eventpipeline.streams.intake.KeyCheckProcessor.Tombstones;
import io.eventpipeline.streams.topology.PieceStore;
import io.eventpipeline.streams.topology.PieceStore.Keys;
import io.eventpipeline.streams.topology.PieceStore.Kind;
import io.eventpipeline.streams.topology.StateSerdes;
import io.eventpipeline.streams.topology.TopologyPiece;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.kstream.Branched;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Materialized;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.state.Stores;

/**
 * Orders ⋈ addresses ⋈ products → shipments: each order once, with the address and the product that
 * were known when it was read, or, if one was not, with the first that came.
 *
 * <ul>
 *   <li><b>Time.</b> The address is a table and an order sees it as of its own timestamp: a task
 *       reads orders and addresses in the order of their timestamps as far as they are on the
 *       brokers (KIP-353, KIP-695, {@code max.task.idle.ms} at its default of 0). The product comes
 *       from a global table, which is as new as it is.
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

    @Override
    public List<PieceStore> stores() {
        return List.of(
                new PieceStore(
                        ADDRESSES_STORE, Kind.TABLE, PipelineTopic.ADDRESS_CHANGED, Keys.OF_SOURCE),
                new PieceStore(
                        PRODUCTS_STORE,
                        Kind.GLOBAL_TABLE,
                        PipelineTopic.PRODUCT_LISTED,
                        Keys.OF_SOURCE),
                new PieceStore(
                        WaitingOrders.ORDERS_STORE,
                        Kind.TABLE,
                        PipelineTopic.ORDER_PLACED,
                        Keys.OWN));
    }

    @Override
    public void addTo(StreamsBuilder builder, Intake intake) {
        addProducts(builder);
        builder.addStateStore(
                Stores.keyValueStoreBuilder(
                        Stores.persistentKeyValueStore(WaitingOrders.ORDERS_STORE),
                        Serdes.String(),
                        StateSerdes.json(WaitingOrder.class)));
        builder.addStateStore(
                Stores.keyValueStoreBuilder(
                        Stores.persistentKeyValueStore(WaitingOrders.INDEX_STORE),
                        Serdes.String(),
                        Serdes.String()));

        KStream<String, ShipmentOutcome> released =
                addresses(builder)
                        .process(
                                () -> new AddressReleaseProcessor(metrics),
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

        joined.merge(released, Named.as("shipments-outcomes"))
                .split(Named.as("shipments-"))
                .branch(
                        (customer, outcome) -> outcome instanceof ShipmentOutcome.Requested,
                        Branched.withConsumer(this::toShipments, "requested"))
                .defaultBranch(Branched.withConsumer(this::toDeadLetters, "given-up"));
    }

    private void addProducts(StreamsBuilder builder) {
        builder.globalTable(
                topics.name(PipelineTopic.PRODUCT_LISTED),
                Consumed.with(
                                Serdes.String(),
                                IntakeSerdes.forgiving(
                                        ProductListed.class, deadLetters::withoutLetter))
                        .withName("products"),
                Materialized.as(Stores.persistentTimestampedKeyValueStore(PRODUCTS_STORE)));
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
                                        Stores.persistentTimestampedKeyValueStore(ADDRESSES_STORE))
                                .withKeySerde(Serdes.String())
                                .withValueSerde(EventSerdes.of(AddressChanged.class))
                                // A cache would hold updates back, and waiting orders with them,
                                // and show a query less than was read.
                                .withCachingDisabled())
                .toStream(Named.as("addresses-updates"));
    }

    private void toShipments(KStream<String, ShipmentOutcome> requested) {
        requested
                .mapValues(
                        outcome -> ((ShipmentOutcome.Requested) outcome).shipment(),
                        Named.as("shipments-event"))
                .to(
                        topics.name(PipelineTopic.SHIPMENT_REQUESTED),
                        Produced.with(Serdes.String(), EventSerdes.of(ShipmentRequested.class))
                                .withName("shipments-sink"));
    }

    /** A letter keeps its partition; its topic has as many as that of the orders. */
    private void toDeadLetters(KStream<String, ShipmentOutcome> givenUp) {
        givenUp.mapValues(
                        outcome -> (ShipmentOutcome.GivenUp) outcome, Named.as("shipments-letter"))
                .to(
                        topics.deadLetterName(PipelineTopic.ORDER_PLACED),
                        Produced.with(Serdes.String(), LETTERS)
                                .withName("shipments-letters-sink")
                                .withStreamPartitioner((topic, customer, letter, partitions) ->
                                        letter.partition() < partitions
                                                ? Optional.of(Set.of(letter.partition()))
                                                : Optional.empty()));
    }

    private static final Deserializer<ShipmentOutcome.GivenUp> NEVER_READ =
            (topic, bytes) -> {
                throw new UnsupportedOperationException("Letters are only written");
            };

    private static final Serde<ShipmentOutcome.GivenUp> LETTERS =
            Serdes.serdeFrom((topic, letter) -> letter.json().get(), NEVER_READ);
}
