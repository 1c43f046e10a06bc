package io.eventpipeline.systemtests.bulk;

import io.eventpipeline.systemtests.bulk.RowLog.Written;
import io.eventpipeline.systemtests.checkers.Findings;
import io.eventpipeline.systemtests.history.OffsetMove;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Looks at the logs of changes. Rows are unique by identity, so counting them cannot show a record
 * that was processed twice; the chain of offsets, the transactions and the account of repeats can.
 */
final class LogChecks {

    static final String CHAIN =
            "each change of a stored offset starts where the last one ended and accounts for each"
                    + " record between once";
    static final String TRANSACTION =
            "every row is written in the transaction that moves the offset over its record";
    static final String REPEATS = "the records dropped as repeats are the copies in the topic";
    static final String DRAINED = "at the end every stored offset is the end of its partition";
    private static final String UNTOUCHED = "no row is touched again";

    private final TopicContents topic;
    private final Findings findings;

    LogChecks(TopicContents topic, Findings findings) {
        this.topic = topic;
        this.findings = findings;
    }

    /**
     * Looks at everything.
     *
     * @param moves of the group and topic, in the order of storing
     * @param written what the statements wrote, in the same order
     */
    void check(List<OffsetMove> moves, List<Written> written) {
        Map<Integer, OffsetMove> last = new HashMap<>();
        Map<Integer, Long> repeats = new HashMap<>();
        Map<Unit, Covered> covered = new HashMap<>();
        for (OffsetMove move : moves) {
            OffsetMove before = last.put(move.partition(), move);
            long begin = before == null ? 0 : before.to();
            // The topic has no gaps and no markers, so offsets count records.
            findings.require(
                    move.from() == begin && move.to() - move.from() == move.accountedFor(),
                    CHAIN,
                    "%s (%d stored, %d repeats, %d dead letters), and the offset was %d",
                    move,
                    move.stored(),
                    move.repeats(),
                    move.deadLettered(),
                    begin);
            repeats.merge(move.partition(), move.repeats(), Long::sum);
            covered.computeIfAbsent(
                            new Unit(move.transaction(), move.partition()), unit -> new Covered())
                    .add(move);
        }
        topic.ends()
                .forEach((partition, end) -> {
                    OffsetMove move = last.get(partition);
                    findings.require(
                            move != null && move.to() == end,
                            DRAINED,
                            "%s, not to %d",
                            String.valueOf(move),
                            end);
                    long dropped = repeats.getOrDefault(partition, 0L);
                    findings.require(
                            dropped == topic.copies(partition),
                            REPEATS,
                            "partition %d has %d copies, and %d were dropped",
                            partition,
                            topic.copies(partition),
                            dropped);
                });
        check(covered, written);
    }

    private void check(Map<Unit, Covered> covered, List<Written> written) {
        Map<Unit, Long> rows = new HashMap<>();
        for (Written one : written) {
            findings.require(one.kind().equals("INSERT"), UNTOUCHED, "%s", one);
            Unit unit = new Unit(one.transaction(), one.partition());
            rows.merge(unit, one.rows(), Long::sum);
            Covered range = covered.get(unit);
            findings.require(
                    range != null && range.from <= one.first() && one.last() < range.to,
                    TRANSACTION,
                    "%s, where the offset moved %s",
                    one,
                    range == null ? "not at all" : range.toString());
        }
        covered.forEach((unit, range) -> {
            long there = rows.getOrDefault(unit, 0L);
            findings.require(
                    range.stored == there,
                    TRANSACTION,
                    "%s wrote %d rows, where the offset moved %s",
                    unit,
                    there,
                    range);
        });
    }

    private record Unit(long transaction, int partition) {}

    /** What one transaction accounts for in a partition; its count is mended in a second change. */
    private static final class Covered {
        private long from = Long.MAX_VALUE;
        private long to;
        private long stored;

        void add(OffsetMove move) {
            from = Math.min(from, move.from());
            to = Math.max(to, move.to());
            stored += move.stored();
        }

        @Override
        public String toString() {
            return "%d→%d with %d rows".formatted(from, to, stored);
        }
    }
}
