package io.eventpipeline.systemtests.bulk;

import io.eventpipeline.model.commerce.OrderPlaced;
import io.eventpipeline.systemtests.checkers.Findings;
import io.eventpipeline.systemtests.history.HistoryReader;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.BitSet;

/** Looks at each row of the table of orders once, in the order of storing. */
final class RowChecks {

    static final String ONCE = "each order is stored once";
    static final String LOST = "every acknowledged order is stored";
    static final String ORDER = "each customer's orders are stored in the order of sending";
    private static final String CONTENT = "every row says what was sent";
    private static final String FIRST = "the row comes from the first record of its order";
    private static final int FETCH = 10_000;

    private final BulkPlan plan;
    private final TopicContents topic;
    private final Findings findings;
    private final BitSet stored = new BitSet();
    private final int[] last;
    private long rows;

    RowChecks(BulkPlan plan, TopicContents topic, Findings findings) {
        this.plan = plan;
        this.topic = topic;
        this.findings = findings;
        last = new int[plan.customers()];
        Arrays.fill(last, -1);
    }

    /** Reads the whole table, a few thousand rows at a time. */
    void readAll(Connection connection) throws SQLException {
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.setFetchSize(FETCH);
            try (ResultSet row =
                    statement.executeQuery("SELECT * FROM orders ORDER BY stored_seq")) {
                while (row.next()) {
                    add(
                            HistoryReader.order(row),
                            row.getInt("source_partition"),
                            row.getLong("source_offset"));
                }
            }
        }
        connection.rollback();
        connection.setAutoCommit(true);
    }

    /** Looks at the next row. */
    void add(OrderPlaced order, int partition, long offset) {
        rows++;
        int number = plan.numberOf(order.orderId().value());
        if (number < 0 || number >= topic.orders()) {
            findings.add(CONTENT, order.orderId() + " was never sent");
            return;
        }
        String place = "%s (%d@%d)".formatted(order.orderId(), partition, offset);
        findings.require(!stored.get(number), ONCE, "%s is there again", place);
        stored.set(number);
        findings.require(plan.order(number).equals(order), CONTENT, "%s differs", place);
        findings.require(topic.isFirst(number, partition, offset), FIRST, "%s does not", place);
        int customer = plan.customerOf(number);
        findings.require(last[customer] <= number, ORDER, "%s was stored late", place);
        last[customer] = Math.max(last[customer], number);
    }

    /** After the last row: finds what is missing. */
    void finish(BitSet acknowledged) {
        for (int number = 0; number < topic.orders(); number++) {
            if (acknowledged.get(number) && !topic.has(number)) {
                findings.add(LOST, plan.order(number).orderId() + " is not even in the topic");
            } else if (!stored.get(number) && topic.has(number)) {
                findings.add(LOST, plan.order(number).orderId() + " is in the topic only");
            }
        }
    }

    long rows() {
        return rows;
    }
}
