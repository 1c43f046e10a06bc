package io.eventpipeline.systemtests.bulk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.eventpipeline.model.commerce.OrderPlaced;
import io.eventpipeline.systemtests.bulk.RowLog.Written;
import io.eventpipeline.systemtests.checkers.Findings;
import io.eventpipeline.systemtests.history.OffsetMove;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Each check of a bulk run goes red on a history that was spoiled in its way, and stays green on a
 * good one: orders 0 to 3 and a copy of order 1, in one partition, by two customers, stored in two
 * transactions.
 */
class BulkChecksTests {

    private static final int ORDERS = 4;
    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
    private static final String TOPIC = "orders";

    private final BulkPlan plan = new BulkPlan(7, 2);
    private final Findings findings = new Findings();
    private final TopicContents topic = new TopicContents(ORDERS, findings);
    private final RowChecks rows = new RowChecks(plan, topic, findings);
    private final LogChecks logs = new LogChecks(topic, findings);
    private final BitSet acknowledged = new BitSet();

    @BeforeEach
    void sendAll() {
        topic.add(0, 0, 0);
        topic.add(0, 1, 1);
        topic.add(0, 2, 1);
        topic.add(0, 3, 2);
        topic.add(0, 4, 3);
        acknowledged.set(0, ORDERS);
    }

    private void stored(int number, long offset) {
        rows.add(plan.order(number), 0, offset);
    }

    private static OffsetMove move(
            long transaction, long from, long to, long stored, long repeats) {
        return new OffsetMove(
                transaction,
                transaction,
                StoredOffsets.GROUP,
                TOPIC,
                0,
                from,
                to,
                stored,
                repeats,
                0,
                "consumer-1-shipments-0",
                NOW.plusSeconds(transaction));
    }

    private static Written written(long transaction, long first, long last, long count) {
        return new Written(transaction, "INSERT", 0, first, last, count);
    }

    @Test
    void isGreenWhenEachOrderIsStoredOnceAndInOrder() {
        stored(0, 0);
        stored(1, 1);
        stored(2, 3);
        stored(3, 4);
        rows.finish(acknowledged);
        logs.check(
                List.of(move(1, 0, 3, 3, 0), move(1, 3, 3, -1, 1), move(2, 3, 5, 2, 0)),
                List.of(written(1, 0, 1, 2), written(2, 3, 4, 2)));

        findings.verifyNone();
        assertThat(topic.copies()).isEqualTo(1);
        assertThat(rows.rows()).isEqualTo(ORDERS);
    }

    @Test
    void noticesAnOrderThatIsMissing() {
        stored(0, 0);
        stored(1, 1);
        stored(3, 4);
        rows.finish(acknowledged);

        assertThat(findings.counts()).containsOnlyKeys(RowChecks.LOST);
        assertThatThrownBy(findings::verifyNone).hasMessageContaining("customer-01-order-00002");
    }

    @Test
    void noticesAnAcknowledgedOrderThatIsNotEvenInTheTopic() {
        TopicContents empty = new TopicContents(1, findings);
        new RowChecks(plan, empty, findings).finish(acknowledged);

        assertThat(findings.counts()).containsOnlyKeys(RowChecks.LOST);
    }

    @Test
    void noticesARowThatIsThereTwice() {
        stored(0, 0);
        stored(0, 0);

        assertThat(findings.counts()).containsOnlyKeys(RowChecks.ONCE);
    }

    @Test
    void noticesOrdersOfACustomerInTheWrongOrder() {
        stored(2, 3);
        stored(0, 0);

        assertThat(findings.counts()).containsOnlyKeys(RowChecks.ORDER);
    }

    @Test
    void noticesARowThatSaysSomethingElse() {
        var order = plan.order(0);
        rows.add(
                new OrderPlaced(
                        order.orderId(),
                        order.customer(),
                        order.sku(),
                        order.quantity(),
                        order.amount().add(BigDecimal.ONE),
                        order.currency(),
                        order.placedAt()),
                0,
                0);

        assertThat(findings.counts()).hasSize(1);
    }

    @Test
    void noticesARowThatComesFromACopy() {
        stored(1, 2);

        assertThat(findings.counts()).hasSize(1);
    }

    @Test
    void noticesAWriterThatStartedWhereAnotherHadMovedOn() {
        logs.check(List.of(move(1, 0, 5, 4, 1), move(2, 3, 5, 0, 2)), List.of(written(1, 0, 4, 4)));

        assertThat(findings.counts()).containsKeys(LogChecks.CHAIN, LogChecks.REPEATS);
    }

    @Test
    void noticesAnOffsetThatMovedWithoutItsRows() {
        logs.check(List.of(move(1, 0, 5, 4, 1)), List.of(written(2, 0, 4, 4)));

        assertThat(findings.counts()).containsOnlyKeys(LogChecks.TRANSACTION);
    }

    @Test
    void noticesAnOffsetThatStaysBehind() {
        logs.check(List.of(move(1, 0, 3, 2, 1)), List.of(written(1, 0, 1, 2)));

        assertThat(findings.counts()).containsOnlyKeys(LogChecks.DRAINED);
    }

    @Test
    void noticesAGapInTheTopic() {
        topic.add(0, 7, 3);

        assertThat(findings.counts()).hasSize(1);
    }

    @Test
    void tellsHowLongOthersTookToStoreInAVictimsPartitions() {
        BulkFaultWindow window =
                new BulkFaultWindow(
                        "kill", "consumer-1", NOW.plusSeconds(2), NOW.plusSeconds(3), topic.ends());
        OffsetMove byVictim = move(1, 0, 3, 2, 1);
        OffsetMove byOther =
                new OffsetMove(
                        2,
                        2,
                        StoredOffsets.GROUP,
                        TOPIC,
                        0,
                        3,
                        5,
                        2,
                        0,
                        0,
                        "consumer-2-shipments-0",
                        NOW.plusSeconds(9));

        assertThat(window.takeover(List.of(byVictim, byOther))).hasValue(Duration.ofSeconds(7));
        assertThat(window.catchingUp(List.of(byVictim, byOther))).hasValue(Duration.ofSeconds(6));
        assertThat(window.takeover(List.of(byVictim))).isEmpty();
        assertThat(window.catchingUp(List.of(byVictim))).isEmpty();
    }
}
