package io.eventpipeline.consumer.delivery;

import io.eventpipeline.consumer.partitions.LogBounds;
import io.eventpipeline.consumer.partitions.PartitionLogs;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.springframework.stereotype.Component;

/**
 * Finds where a group resumes. The stored offset counts; none means the beginning. An offset
 * outside the log, or one that was stored for an earlier topic of the same name, has no answer:
 * reading on from anywhere else would skip records or repeat them unnoticed. Thread-safe.
 */
@Component
final class OffsetResolver {

    private final OffsetRepository offsets;
    private final PartitionLogs logs;

    OffsetResolver(OffsetRepository offsets, PartitionLogs logs) {
        this.offsets = offsets;
        this.logs = logs;
    }

    /** Where a partition resumes, or why it cannot. */
    sealed interface Resolution {

        /** Resumes at the stored offset. */
        record Resume(Uuid topicId, long offset) implements Resolution {}

        /** Has to wait for an operator. */
        record Stop(String reason) implements Resolution {}
    }

    /**
     * Resolves partitions; a partition that the group never read gets its row here.
     *
     * @throws RuntimeException if Kafka or the database does not answer
     */
    Map<TopicPartition, Resolution> resolve(
            String group, Set<TopicPartition> partitions, String owner) {
        Set<String> topics =
                partitions.stream().map(TopicPartition::topic).collect(Collectors.toSet());
        Map<TopicPartition, LogBounds> bounds = logs.bounds(partitions);
        List<StoredOffset> stored = offsets.find(group, topics);
        boolean begun = false;
        for (TopicPartition partition : partitions) {
            LogBounds log = bounds.get(partition);
            if (log != null && stored.stream().noneMatch(row -> isOfTopic(row, partition, log))) {
                if (stored.stream().noneMatch(row -> row.topic().equals(partition.topic()))
                        || stored.stream()
                                .anyMatch(row ->
                                        row.topic().equals(partition.topic())
                                                && row.topicId().equals(log.topicId()))) {
                    offsets.begin(group, partition, log.topicId(), log.beginning(), owner);
                    begun = true;
                }
            }
        }
        List<StoredOffset> now = begun ? offsets.find(group, topics) : stored;
        Map<TopicPartition, Resolution> resolutions = new HashMap<>();
        for (TopicPartition partition : partitions) {
            LogBounds log = bounds.get(partition);
            if (log != null) {
                resolutions.put(partition, resolve(partition, log, now));
            }
        }
        return resolutions;
    }

    /**
     * Resolves partitions by the offsets that Kafka has; none means the beginning.
     *
     * @throws RuntimeException if Kafka does not answer
     */
    Map<TopicPartition, Resolution> resolve(
            Set<TopicPartition> partitions, Map<TopicPartition, OffsetAndMetadata> committed) {
        Map<TopicPartition, Resolution> resolutions = new HashMap<>();
        logs.bounds(partitions)
                .forEach((partition, log) -> {
                    OffsetAndMetadata offset = committed.get(partition);
                    resolutions.put(
                            partition,
                            resume(log, offset == null ? log.beginning() : offset.offset()));
                });
        return resolutions;
    }

    /** The partitions whose stored offset is not the one that a member knows. */
    Set<TopicPartition> findMoved(String group, Collection<OwnedPartition> known) {
        List<StoredOffset> stored =
                offsets.find(
                        group,
                        known.stream()
                                .map(mine -> mine.partition().topic())
                                .collect(Collectors.toSet()));
        return OwnedPartitions.names(
                known.stream()
                        .filter(mine -> stored.stream().noneMatch(row -> isKnown(row, mine)))
                        .toList());
    }

    private static boolean isKnown(StoredOffset row, OwnedPartition mine) {
        return row.topicId().equals(mine.topicId())
                && row.partition() == mine.partition().partition()
                && row.nextOffset() == mine.next();
    }

    private static boolean isOfTopic(StoredOffset row, TopicPartition partition, LogBounds log) {
        return row.topicId().equals(log.topicId()) && row.partition() == partition.partition();
    }

    private static Resolution resolve(
            TopicPartition partition, LogBounds log, List<StoredOffset> rows) {
        Optional<StoredOffset> mine =
                rows.stream().filter(row -> isOfTopic(row, partition, log)).findFirst();
        if (mine.isEmpty()) {
            return new Resolution.Stop(
                    "topic %s has the id %s, but offsets are stored for an earlier topic of that name"
                            .formatted(partition.topic(), log.topicId()));
        }
        return resume(log, mine.get().nextOffset());
    }

    private static Resolution resume(LogBounds log, long offset) {
        return log.contains(offset)
                ? new Resolution.Resume(log.topicId(), offset)
                : new Resolution.Stop(
                        "the stored offset %d is outside the log, which has the offsets %d to %d"
                                .formatted(offset, log.beginning(), log.lastStable()));
    }
}
