package io.eventpipeline.consumer.archive;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells Kafka where the files end: for monitors, and for the day on which the folder is empty
 * because it is the wrong one. A failure is counted and tried again. Confined to the thread of its
 * consumer.
 */
final class ArchiveCommits {

    private static final Logger log = LoggerFactory.getLogger(ArchiveCommits.class);

    private final Consumer<?, ?> consumer;
    private final ArchiveContext context;

    ArchiveCommits(Consumer<?, ?> consumer, ArchiveContext context) {
        this.consumer = consumer;
        this.context = context;
    }

    /** Commits what Kafka does not have of some partitions, within a bound. */
    void commit(Collection<ArchivedPartition> partitions) {
        Map<TopicPartition, OffsetAndMetadata> offsets =
                partitions.stream()
                        .filter(ArchivedPartition::needsKafkaCommit)
                        .collect(
                                Collectors.toMap(
                                        ArchivedPartition::partition,
                                        mine ->
                                                new OffsetAndMetadata(
                                                        mine.published(),
                                                        Optional.empty(),
                                                        mine.topicId().toString())));
        if (offsets.isEmpty() || !context.kafka().isAvailable()) {
            return;
        }
        try {
            consumer.commitSync(offsets, context.retry().kafkaCommitTimeout());
            partitions.stream()
                    .filter(mine -> offsets.containsKey(mine.partition()))
                    .forEach(mine -> mine.committed(mine.published()));
        } catch (KafkaException e) {
            context.metrics().kafkaCommitFailed();
            log.debug("The archive could not commit to Kafka; its files say the same", e);
        }
    }

    /** What the group committed of a partition, by whichever member. */
    @Nullable OffsetAndMetadata committed(TopicPartition partition) {
        return consumer.committed(Set.of(partition), context.retry().kafkaCommitTimeout())
                .get(partition);
    }
}
