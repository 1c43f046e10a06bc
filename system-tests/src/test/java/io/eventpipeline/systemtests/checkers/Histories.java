package io.eventpipeline.systemtests.checkers;

import io.eventpipeline.model.commerce.OrderPlaced;
import io.eventpipeline.model.commerce.ProductListed;
import io.eventpipeline.model.commerce.ShipmentRequested;
import io.eventpipeline.model.event.Event;
import io.eventpipeline.model.event.EventIdentity;
import io.eventpipeline.systemtests.history.History;
import io.eventpipeline.systemtests.history.Leg;
import io.eventpipeline.systemtests.history.OffsetMove;
import io.eventpipeline.systemtests.history.RowChange;
import io.eventpipeline.systemtests.history.StoredOffset;
import io.eventpipeline.systemtests.history.StoredRow;
import io.eventpipeline.systemtests.history.TopicRecord;
import io.eventpipeline.systemtests.load.OrderPlan;
import io.eventpipeline.systemtests.load.Receipt;
import io.eventpipeline.systemtests.load.SentOrder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * A small history that keeps every promise, for tests to spoil: two customers with two orders each,
 * one copy of the very first order at the end of both topics, all in partition 0, stored in two
 * batches. Offset 2 of the shipments is a transaction's marker.
 */
final class Histories {

    static final int PARTITION = 0;
    static final String GROUP = "shipments";
    static final long FIRST_BATCH = 501;
    static final long SECOND_BATCH = 502;
    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
    private static final OrderPlan PLAN = new OrderPlan(1, 2);

    final List<SentOrder> acknowledged = new ArrayList<>();
    final Story orders = new Story("orders", "orders-topic", List.of(0L, 1L, 2L, 3L, 4L));
    final Story shipments = new Story("shipments", "shipments-topic", List.of(0L, 1L, 3L, 4L, 5L));
    final List<OffsetMove> moves = new ArrayList<>();
    final List<StoredOffset> storedOffsets = new ArrayList<>();
    final Map<String, Long> deadLetters = new HashMap<>();
    long zombieWritesRefused = 1;

    Histories() {
        List<OrderPlaced> sent =
                List.of(PLAN.order(0, 1), PLAN.order(1, 1), PLAN.order(0, 2), PLAN.order(1, 2));
        for (int i = 0; i < sent.size(); i++) {
            acknowledged.add(
                    new SentOrder(
                            sent.get(i),
                            i / 2 + 1,
                            new Receipt("event-" + i, orders.topic, PARTITION, i),
                            NOON.plusSeconds(i),
                            NOON.plusSeconds(i).plusMillis(10),
                            1));
        }
        tell(orders, SentOrder::order, 2);
        tell(shipments, Histories::shipment, 2);
    }

    private void tell(Story story, Function<SentOrder, Event> event, int batch) {
        for (int i = 0; i < acknowledged.size(); i++) {
            SentOrder sent = acknowledged.get(i);
            story.records.add(story.record(i, i));
            story.rows.add(
                    new StoredRow(sent.order().orderId().value(), "event-" + i, event.apply(sent)));
            story.changes.add(story.insert(i, i < batch ? FIRST_BATCH : SECOND_BATCH));
        }
        story.records.add(story.record(4, 0));
        long middle = story.offsets.get(batch - 1) + 1;
        long end = story.offsets.getLast() + 1;
        moves.add(move(story, FIRST_BATCH, 0, 0, 0, 0));
        moves.add(move(story, FIRST_BATCH, 0, middle, 2, 0));
        moves.add(move(story, SECOND_BATCH, middle, end, 3, 0));
        moves.add(move(story, SECOND_BATCH, end, end, -1, 1));
        storedOffsets.add(new StoredOffset(GROUP, story.topic, PARTITION, end, 1));
        story.expected = event;
    }

    OffsetMove move(Story story, long transaction, long from, long to, long stored, long repeats) {
        return new OffsetMove(
                moves.size() + 1L,
                transaction,
                GROUP,
                story.topic,
                PARTITION,
                from,
                to,
                stored,
                repeats,
                0,
                "consumer-service-1",
                NOON);
    }

    private static Event shipment(SentOrder sent) {
        return ShipmentRequested.of(
                sent.order(),
                PLAN.addresses().stream()
                        .filter(address -> address.customer().equals(sent.order().customer()))
                        .findFirst()
                        .orElseThrow()
                        .address(),
                PLAN.products().stream()
                        .filter(product -> product.sku().equals(sent.order().sku()))
                        .map(ProductListed::product)
                        .findFirst()
                        .orElseThrow());
    }

    History history() {
        return new History(
                List.copyOf(acknowledged),
                orders.leg(),
                shipments.leg(),
                List.copyOf(moves),
                List.copyOf(storedOffsets),
                Map.copyOf(deadLetters),
                zombieWritesRefused);
    }

    /** One leg, to be spoiled. */
    final class Story {

        final String table;
        final String topic;
        final List<Long> offsets;
        final List<TopicRecord> records = new ArrayList<>();
        final List<StoredRow> rows = new ArrayList<>();
        final List<RowChange> changes = new ArrayList<>();
        private Function<SentOrder, Event> expected = SentOrder::order;

        Story(String table, String topic, List<Long> offsets) {
            this.table = table;
            this.topic = topic;
            this.offsets = offsets;
        }

        /** The record at a place of the topic that carries an order. */
        TopicRecord record(int place, int order) {
            return new TopicRecord(
                    PARTITION,
                    offsets.get(place),
                    new EventIdentity("/source", "event-" + order),
                    acknowledged.get(order).order().orderId().value());
        }

        /** The storing of an order. */
        RowChange insert(int order, long transaction) {
            OrderPlaced placed = acknowledged.get(order).order();
            return new RowChange(
                    changes.size() + 1L,
                    transaction,
                    RowChange.Kind.INSERT,
                    placed.orderId().value(),
                    placed.customer().value(),
                    PARTITION,
                    offsets.get(order),
                    NOON);
        }

        Leg leg() {
            return new Leg(
                    table,
                    topic,
                    List.copyOf(records),
                    Map.of(PARTITION, offsets.getLast() + 1),
                    List.copyOf(rows),
                    List.copyOf(changes),
                    expected);
        }
    }
}
