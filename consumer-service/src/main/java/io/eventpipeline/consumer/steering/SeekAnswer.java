package io.eventpipeline.consumer.steering;

import io.eventpipeline.consumer.delivery.OffsetSeek.Move;
import java.util.Comparator;
import java.util.List;

/**
 * What a seek did, or would do. Numbers of records are numbers of offsets: transaction markers and
 * what compaction took away count too.
 *
 * @param group whose
 * @param to what was asked for
 * @param dryRun whether nothing was changed
 * @param readAgain how many records are read again; those that are rows already are dropped as
 *     repeats
 * @param skipped how many records are never read
 * @param partitions each partition
 */
record SeekAnswer(
        String group,
        String to,
        boolean dryRun,
        long readAgain,
        long skipped,
        List<PartitionSeek> partitions) {

    /**
     * The seek in a partition.
     *
     * @param topic its topic
     * @param partition its number
     * @param from where the group stood
     * @param offset where it reads on
     * @param readAgain how many records are read again
     * @param skipped how many records are never read
     */
    record PartitionSeek(
            String topic, int partition, long from, long offset, long readAgain, long skipped) {

        static PartitionSeek of(Move move) {
            return new PartitionSeek(
                    move.partition().topic(),
                    move.partition().partition(),
                    move.from(),
                    move.to(),
                    Math.max(0, move.from() - move.to()),
                    Math.max(0, move.to() - move.from()));
        }
    }

    static SeekAnswer of(String group, SeekRequest request, List<Move> moves) {
        List<PartitionSeek> partitions =
                moves.stream()
                        .map(PartitionSeek::of)
                        .sorted(
                                Comparator.comparing(PartitionSeek::topic)
                                        .thenComparingInt(PartitionSeek::partition))
                        .toList();
        return new SeekAnswer(
                group,
                request.to().toString(),
                request.dryRun(),
                partitions.stream().mapToLong(PartitionSeek::readAgain).sum(),
                partitions.stream().mapToLong(PartitionSeek::skipped).sum(),
                partitions);
    }
}
