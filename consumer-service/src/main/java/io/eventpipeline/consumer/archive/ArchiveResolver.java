package io.eventpipeline.consumer.archive;

import io.eventpipeline.consumer.partitions.LogBounds;
import io.eventpipeline.consumer.partitions.PartitionLogs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Finds where the archive resumes: where its files end, or at the beginning. Where that would leave
 * out or repeat records, it has no answer and says why, and what an operator can do. Thread-safe.
 */
@Component
final class ArchiveResolver {

    private final ArchiveFolder archive;
    private final PartitionLogs logs;
    private final Clock clock;

    ArchiveResolver(ArchiveFolder archive, PartitionLogs logs, Clock clock) {
        this.archive = archive;
        this.logs = logs;
        this.clock = clock;
    }

    /** Where a partition resumes, or why it cannot. */
    sealed interface Resolution {

        /**
         * Goes on.
         *
         * @param end where the files end and the next one begins; 0 if there is none
         * @param position where to read on
         */
        record Resume(Uuid topicId, PartitionFolder folder, long end, long position)
                implements Resolution {}

        /** Has to wait for an operator. */
        record Stop(String reason) implements Resolution {}
    }

    /**
     * Resolves partitions.
     *
     * @param committed asks Kafka what the group committed of a partition
     * @throws IOException if the folder cannot be used
     * @throws RuntimeException if Kafka does not answer
     */
    Map<TopicPartition, Resolution> resolve(
            Set<TopicPartition> partitions,
            Function<TopicPartition, @Nullable OffsetAndMetadata> committed)
            throws IOException {
        archive.requireUsable();
        Map<TopicPartition, LogBounds> bounds = logs.bounds(partitions);
        Map<TopicPartition, Resolution> resolutions = new HashMap<>();
        for (TopicPartition partition : partitions) {
            LogBounds log = bounds.get(partition);
            if (log != null) {
                try {
                    resolutions.put(partition, resolve(partition, log, committed));
                } catch (UnreadableArchiveException e) {
                    resolutions.put(partition, new Resolution.Stop(String.valueOf(e.getMessage())));
                }
            }
        }
        return resolutions;
    }

    private Resolution resolve(
            TopicPartition partition,
            LogBounds log,
            Function<TopicPartition, @Nullable OffsetAndMetadata> committed)
            throws IOException {
        PartitionFolder folder = archive.of(partition, log.topicId());
        Path ofTopic = archive.topic(partition.topic(), log.topicId());
        if (!Files.isDirectory(ofTopic)) {
            Optional<Path> earlier = archive.otherTopic(partition.topic(), log.topicId());
            if (earlier.isPresent()) {
                return new Resolution.Stop(
                        "topic %s has the id %s, but %s holds an earlier topic of that name; to archive this one too, make the folder %s"
                                .formatted(
                                        partition.topic(), log.topicId(), earlier.get(), ofTopic));
            }
        }
        Folders.create(folder.path());
        Optional<RangeFooter> newest = folder.newest();
        long end = newest.map(RangeFooter::next).orElse(0L);
        OptionalLong skip = folder.skip();
        if (skip.isPresent()) {
            end = skip(folder, end, skip.getAsLong());
        } else if (newest.isEmpty()) {
            OffsetAndMetadata known = committed.apply(partition);
            if (known != null
                    && known.offset() > 0
                    && known.metadata().equals(log.topicId().toString())) {
                return new Resolution.Stop(
                        "%s has no file, but the group archived up to offset %d; if this is the right folder, make the file skip-to-%d in it"
                                .formatted(folder.path(), known.offset(), known.offset()));
            }
        }
        folder.clear(end);
        if (end == 0) {
            return new Resolution.Resume(log.topicId(), folder, 0, log.beginning());
        }
        return log.contains(end)
                ? new Resolution.Resume(log.topicId(), folder, end, end)
                : new Resolution.Stop(
                        "the files in %s end at offset %d, outside the log, which has the offsets %d to %d; to go on behind the hole, make the file skip-to-%d in it"
                                .formatted(
                                        folder.path(),
                                        end,
                                        log.beginning(),
                                        log.lastStable(),
                                        log.beginning()));
    }

    /** A hole that an operator accepts is a file without records: the chain says where it is. */
    private long skip(PartitionFolder folder, long end, long to) throws IOException {
        if (to > end) {
            RangeFile hole = folder.begin(end, Hour.of(clock.millis()), clock.instant());
            try {
                folder.publish(hole, to);
            } catch (IOException e) {
                hole.discard();
                throw e;
            }
        }
        folder.skipped();
        return Math.max(end, to);
    }
}
