package io.eventpipeline.consumer.delivery;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToLongBiFunction;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Moves the stored offsets of a group to where an operator wants it to read on, all of them or
 * none. Owners, of whatever instance, find their next compare-and-set refused, or notice the move
 * while they are idle, and read on from there. Thread-safe.
 */
@Component
public final class OffsetSeek {

    /** The order in which members lock rows too. */
    private static final Comparator<Start> LOCK_ORDER =
            Comparator.<Start, java.util.UUID>comparing(start -> TopicIds.toSql(start.topicId()))
                    .thenComparingInt(start -> start.partition().partition());

    private final OffsetRepository offsets;
    private final TransactionTemplate transaction;

    OffsetSeek(OffsetRepository offsets, PlatformTransactionManager transactions) {
        this.offsets = offsets;
        this.transaction = new TransactionTemplate(transactions);
    }

    /**
     * A partition to seek in.
     *
     * @param partition which
     * @param topicId the present id of its topic
     * @param beginning where the group stands if it never read the partition
     */
    public record Start(TopicPartition partition, Uuid topicId, long beginning) {}

    /**
     * A move of a stored offset.
     *
     * @param partition which
     * @param from where the group stood
     * @param to where it reads on
     */
    public record Move(TopicPartition partition, long from, long to) {}

    /** Where a group stands, as it is now and without a lock. */
    public List<Move> preview(
            String group, List<Start> starts, ToLongBiFunction<TopicPartition, Long> target) {
        List<StoredOffset> stored =
                offsets.find(
                        group,
                        starts.stream()
                                .map(start -> start.partition().topic())
                                .distinct()
                                .toList());
        return starts.stream()
                .map(start -> {
                    long from =
                            stored.stream()
                                    .filter(row ->
                                            row.topicId().equals(start.topicId())
                                                    && row.partition()
                                                            == start.partition().partition())
                                    .findFirst()
                                    .map(StoredOffset::nextOffset)
                                    .orElse(start.beginning());
                    return move(start, from, target);
                })
                .toList();
    }

    /**
     * Moves.
     *
     * @param by who asked, stored as the owner of the rows until members move them on
     * @param target the new offset by the partition and its present one; may throw, and then
     *     nothing moves
     * @throws RuntimeException if nothing was moved
     */
    public List<Move> seek(
            String group,
            String by,
            List<Start> starts,
            ToLongBiFunction<TopicPartition, Long> target) {
        return transaction.execute(status -> {
            List<Move> moves = new ArrayList<>();
            for (Start start : starts.stream().sorted(LOCK_ORDER).toList()) {
                TopicPartition partition = start.partition();
                offsets.begin(group, partition, start.topicId(), start.beginning(), by);
                long from = offsets.lock(group, start.topicId(), partition.partition());
                Move move = move(start, from, target);
                offsets.seek(group, start.topicId(), move, by);
                moves.add(move);
            }
            return moves;
        });
    }

    private static Move move(
            Start start, long from, ToLongBiFunction<TopicPartition, Long> target) {
        return new Move(start.partition(), from, target.applyAsLong(start.partition(), from));
    }
}
