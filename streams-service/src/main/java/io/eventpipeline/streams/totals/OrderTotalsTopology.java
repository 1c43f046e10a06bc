package io.eventpipeline.streams.totals;

import io.eventpipeline.model.commerce.CustomerId;
import io.eventpipeline.model.commerce.Sku;
import io.eventpipeline.model.topic.PipelineTopic;
import io.eventpipeline.streams.intake.Intake;
import io.eventpipeline.streams.topology.PieceStore;
import io.eventpipeline.streams.topology.PieceStore.Keys;
import io.eventpipeline.streams.topology.PieceStore.Kind;
import io.eventpipeline.streams.topology.StateSerdes;
import io.eventpipeline.streams.topology.TopologyPiece;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.state.Stores;

/**
 * Orders → what each customer ordered, in all and of each product, in a versioned store (KIP-889):
 * what did this total say at 14:02?
 *
 * <ul>
 *   <li><b>Time.</b> A total at a moment has the orders with {@code placedAt} up to it, however
 *       late they came; what is later than the history is left out and counted.
 *   <li><b>Copies.</b> An order counts once by its id. A copy is left out and counted; the same id
 *       with other content is refused.
 *   <li><b>Place.</b> The orders' own partitions, which go by customer: nothing is repartitioned.
 *   <li><b>Output.</b> None but the store; it is asked.
 * </ul>
 */
public final class OrderTotalsTopology implements TopologyPiece {

    /** The totals: {@link OrderTotal} under {@link #key}. */
    public static final String TOTALS_STORE = "order-totals";

    /** The orders that are in the totals, by id. */
    static final String COUNTED_STORE = "order-totals-counted";

    /** No id contains it, because none contains a control character. */
    private static final String SEPARATOR = "\t";

    private final OrderTotalsProperties settings;
    private final OrderTotalsMetrics metrics;

    /** Creates the topology. */
    public OrderTotalsTopology(OrderTotalsProperties settings, MeterRegistry registry) {
        this.settings = settings;
        this.metrics = new OrderTotalsMetrics(registry);
    }

    /** The key of all that a customer ordered. */
    public static String key(CustomerId customer) {
        return customer.value();
    }

    /** The key of what a customer ordered of a product. */
    public static String key(CustomerId customer, Sku sku) {
        return customer.value() + SEPARATOR + sku.value();
    }

    @Override
    public List<PieceStore> stores() {
        return List.of(
                new PieceStore(
                        TOTALS_STORE, Kind.VERSIONED_TABLE, PipelineTopic.ORDER_PLACED, Keys.OWN));
    }

    @Override
    public void addTo(StreamsBuilder builder, Intake intake) {
        builder.addStateStore(
                Stores.versionedKeyValueStoreBuilder(
                        Stores.persistentVersionedKeyValueStore(TOTALS_STORE, settings.history()),
                        Serdes.String(),
                        StateSerdes.json(OrderTotal.class)));
        builder.addStateStore(
                Stores.windowStoreBuilder(
                        Stores.persistentWindowStore(
                                COUNTED_STORE, settings.history(), settings.history(), false),
                        Serdes.String(),
                        StateSerdes.json(CountedOrder.class)));
        intake.ordersByOwnTime()
                .process(
                        () -> new OrderTotalsProcessor(settings.history(), metrics),
                        Named.as("order-totals-add"),
                        TOTALS_STORE,
                        COUNTED_STORE);
    }
}
