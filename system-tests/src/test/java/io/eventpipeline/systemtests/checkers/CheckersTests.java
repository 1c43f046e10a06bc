package io.eventpipeline.systemtests.checkers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.eventpipeline.systemtests.history.OffsetMove;
import io.eventpipeline.systemtests.history.RowChange;
import io.eventpipeline.systemtests.history.StoredOffset;
import io.eventpipeline.systemtests.history.StoredRow;
import io.eventpipeline.systemtests.load.Receipt;
import io.eventpipeline.systemtests.load.SentOrder;
import java.util.Collections;
import org.junit.jupiter.api.Test;

/** Each checker goes red on a history that breaks its promise, and on no other. */
class CheckersTests {

    private final Histories story = new Histories();

    @Test
    void noCheckerGoesRedWhenAllPromisesAreKept() {
        assertThat(GuaranteeSuite.forOrders().countBreaches(story.history())).isEmpty();
    }

    @Test
    void findsAReceiptThatNamesAnotherRecord() {
        SentOrder sent = story.acknowledged.getFirst();
        story.acknowledged.set(
                0,
                new SentOrder(
                        sent.order(),
                        sent.sequence(),
                        new Receipt(sent.receipt().eventId(), story.orders.topic, 0, 1),
                        sent.firstAttempt(),
                        sent.acknowledged(),
                        1));

        assertOnlyRed(new ReceiptChecker(), "orders-topic-0@1, where there is customer-02");
    }

    @Test
    void findsAnAnsweredOrderWithoutRow() {
        story.orders.rows.remove(3);

        assertOnlyRed(
                new NothingLostChecker(),
                "customer-02-order-00002 was answered 200 as orders-topic-0@3 and is not in"
                        + " orders");
    }

    @Test
    void findsAnAnsweredOrderWithoutShipment() {
        story.shipments.rows.remove(0);

        assertOnlyRed(new NothingLostChecker(), "customer-01-order-00001", "is not in shipments");
    }

    @Test
    void findsAnOrderWithTwoRows() {
        story.orders.rows.add(story.orders.rows.getFirst());

        assertOnlyRed(new OnceChecker(), "customer-01-order-00001 has 2 rows in orders");
    }

    @Test
    void findsARowThatWasTouchedAgain() {
        RowChange stored = story.shipments.changes.getFirst();
        story.shipments.changes.add(
                new RowChange(
                        9,
                        Histories.SECOND_BATCH,
                        RowChange.Kind.UPDATE,
                        stored.orderId(),
                        stored.customer(),
                        stored.partition(),
                        stored.offset(),
                        stored.at()));

        assertOnlyRed(
                new OnceChecker(),
                "customer-01-order-00001 in shipments was changed by [INSERT of offset 0, UPDATE of"
                        + " offset 0]");
    }

    @Test
    void findsARowThatSaysSomethingElse() {
        StoredRow other = story.orders.rows.get(1);
        StoredRow row = story.orders.rows.getFirst();
        story.orders.rows.set(0, new StoredRow(row.orderId(), row.eventId(), other.event()));

        assertOnlyRed(new ContentChecker(), "customer-01-order-00001 in orders is OrderPlaced[");
    }

    @Test
    void findsARowThatNobodySent() {
        StoredRow row = story.orders.rows.getFirst();
        story.orders.rows.add(new StoredRow("order-of-nobody", "event-9", row.event()));

        assertOnlyRed(new ContentChecker(), "order-of-nobody in orders was never sent");
    }

    @Test
    void findsACustomersOrdersInTheWrongOrder() {
        Collections.swap(story.shipments.changes, 0, 2);

        assertOnlyRed(
                new CustomerOrderChecker(),
                "customer-01-order-00001 (shipments-topic-0@0) was stored after"
                        + " customer-01-order-00002 (shipments-topic-0@3)");
    }

    @Test
    void findsAnOffsetThatGoesBack() {
        story.moves.add(story.move(story.orders, 503, 5, 2, 0, 0));

        assertRed(new OffsetChainChecker(), "orders-topic-0 5→2", "goes back");
    }

    @Test
    void findsAnOffsetThatStartsElsewhere() {
        story.moves.removeIf(
                (OffsetMove move) -> move.topic().equals(story.orders.topic) && move.from() == 0);

        assertRed(new OffsetChainChecker(), "orders-topic-0 2→5", "starts at 2");
    }

    @Test
    void findsAMoveThatDoesNotContinueTheOneBefore() {
        story.moves.add(story.move(story.orders, 503, 4, 5, 1, 0));

        assertRed(new OffsetChainChecker(), "orders-topic-0 4→5", "does not start where");
    }

    @Test
    void findsAWriterThatStartedBeforeTheStoredOffset() {
        // It had read from 0 and moved the row from 2, where another one had brought it, to 5.
        story.moves.replaceAll(move ->
                move.topic().equals(story.orders.topic) && move.stored() == 3
                        ? story.move(story.orders, 502, 2, 5, 5, 0)
                        : move);

        assertRed(
                new OffsetChainChecker(),
                "transaction 502 accounts for 5 records (5 stored, 0 repeats, 0 dead letters)",
                "where the topic has 3");
    }

    @Test
    void findsRowsOfAnotherTransactionThanTheOffsets() {
        story.orders.changes.set(0, story.orders.insert(0, 600));

        assertOnlyRed(
                new OneTransactionChecker(),
                "customer-01-order-00001 (orders-topic-0@0) was stored in transaction 600");
    }

    @Test
    void findsRowsOutsideTheRangeOfTheirTransaction() {
        story.shipments.changes.set(3, story.shipments.insert(3, Histories.FIRST_BATCH));

        assertOnlyRed(
                new OneTransactionChecker(),
                "customer-02-order-00002 (shipments-topic-0@4) was stored in transaction 501");
    }

    @Test
    void findsRecordsThatWereReadTwice() {
        story.storedOffsets.set(0, new StoredOffset(Histories.GROUP, story.orders.topic, 0, 5, 3));

        assertOnlyRed(
                new RepeatsChecker(),
                "orders-topic-0 has 1 copies, but 3 records were dropped as repeats");
    }

    @Test
    void findsAnOffsetBeforeTheEnd() {
        story.storedOffsets.set(
                1, new StoredOffset(Histories.GROUP, story.shipments.topic, 0, 5, 1));

        assertOnlyRed(new DrainedChecker(), "shipments-topic-0 ends at 6, its stored offset is 5");
    }

    @Test
    void findsADeadLetter() {
        story.deadLetters.put("orders-topic-dlt", 1L);

        assertOnlyRed(new DeadLetterChecker(), "orders-topic-dlt holds 1 records");
    }

    @Test
    void doesNotCountARunWithoutARefusedZombie() {
        story.zombieWritesRefused = 0;

        assertOnlyRed(new ZombieRefusedChecker(), "no write of a zombie was refused");
    }

    @Test
    void namesThePromiseThatWasBroken() {
        story.orders.rows.remove(3);

        assertThatThrownBy(() -> GuaranteeSuite.forOrders().verify(story.history()))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("NothingLostChecker is red, 1 times")
                .hasMessageContaining(new NothingLostChecker().promise());
    }

    private void assertOnlyRed(Checker checker, String... words) {
        assertRed(checker, words);
        assertThat(GuaranteeSuite.forOrders().countBreaches(story.history()))
                .containsOnlyKeys(checker.getClass().getSimpleName());
    }

    private void assertRed(Checker checker, String... words) {
        assertThat(checker.check(story.history()))
                .anySatisfy(breach -> assertThat(breach).contains(words));
    }
}
