package io.eventpipeline.consumer.delivery;

import io.eventpipeline.consumer.intake.ReadRecord;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;

/**
 * The part of a batch that belongs to one partition.
 *
 * @param partition which
 * @param topicId the topic's id
 * @param expected the stored offset that this member knows
 * @param next the first offset behind the slice, control records included
 * @param records in the order of their offsets; none if only control records are passed
 */
record Slice(
        TopicPartition partition,
        Uuid topicId,
        long expected,
        long next,
        List<ReadRecord> records) {

    /** The order in which all members lock rows, so that none waits for the other in a circle. */
    static final Comparator<Slice> LOCK_ORDER =
            Comparator.<Slice, UUID>comparing(slice -> TopicIds.toSql(slice.topicId()))
                    .thenComparingInt(slice -> slice.partition().partition());

    /** The same, cut behind each record; what follows the last record stays with it. */
    List<Slice> singly() {
        if (records.size() < 2) {
            return List.of(this);
        }
        List<Slice> singles = new ArrayList<>();
        long from = expected;
        for (int i = 0; i < records.size(); i++) {
            ReadRecord record = records.get(i);
            long to = i == records.size() - 1 ? next : record.source().offset() + 1;
            singles.add(new Slice(partition, topicId, from, to, List.of(record)));
            from = to;
        }
        return singles;
    }

    OffsetMove move() {
        int poison = (int) records.stream().filter(ReadRecord.Poison.class::isInstance).count();
        return new OffsetMove(partition, topicId, expected, next, records.size() - poison, poison);
    }
}
