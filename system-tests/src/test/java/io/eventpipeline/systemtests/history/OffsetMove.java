package io.eventpipeline.systemtests.history;

import java.time.Instant;

/**
 * A committed change of a stored offset, as a trigger saw it. The counts are those that the change
 * added to the row's persistent counters.
 *
 * @param number grows in the order of the changes of one row
 * @param transaction the database transaction that made it
 * @param group the consumer group
 * @param topic the topic
 * @param partition the partition
 * @param from the offset before; for a row that was made, the beginning of the log
 * @param to the offset after
 * @param stored records that became a row
 * @param repeats records that were dropped as repeats
 * @param deadLettered records that went to the dead-letter topic
 * @param owner who made it
 * @param at when, by the database's clock
 */
public record OffsetMove(
        long number,
        long transaction,
        String group,
        String topic,
        int partition,
        long from,
        long to,
        long stored,
        long repeats,
        long deadLettered,
        String owner,
        Instant at) {

    /** How many records the change accounts for. */
    public long accountedFor() {
        return stored + repeats + deadLettered;
    }

    /** Whether the change covers the record at that position. */
    public boolean covers(int recordPartition, long recordOffset) {
        return partition == recordPartition && from <= recordOffset && recordOffset < to;
    }

    @Override
    public String toString() {
        return "%s-%d %d→%d by %s in transaction %d"
                .formatted(topic, partition, from, to, owner, transaction);
    }
}
