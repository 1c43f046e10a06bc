package io.eventpipeline.consumer.delivery;

import java.util.Collection;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells Kafka where the group stands: for monitors only where PostgreSQL has the offsets, otherwise
 * to resume there. A failure is counted and tried again while the partition is owned, and never
 * taken for a loss: during a rebalance, and with KIP-848 by a stale epoch, commits fail for
 * partitions that stay. Confined to the thread of its consumer.
 */
final class KafkaCommits {

    private static final Logger log = LoggerFactory.getLogger(KafkaCommits.class);

    private final String group;
    private final CommitMode mode;
    private final Consumer<?, ?> consumer;
    private final OwnedPartitions owned;
    private final MemberContext context;
    private int unanswered;

    KafkaCommits(
            String group,
            CommitMode mode,
            Consumer<?, ?> consumer,
            OwnedPartitions owned,
            MemberContext context) {
        this.group = group;
        this.mode = mode;
        this.consumer = consumer;
        this.owned = owned;
        this.context = context;
    }

    /** Commits, in the way of the group's mode, what Kafka does not have of some partitions. */
    void processed(Collection<TopicPartition> partitions) {
        switch (mode) {
            case TRANSACTIONAL -> afterTheLast(partitions);
            case SYNC_BATCH, SYNC_RECORD -> now(partitions);
            case ASYNC -> later(partitions);
            case AUTO -> {
                // By the client itself, with a later poll.
            }
        }
    }

    /** Tries again what failed. */
    void repeat() {
        // What is on its way needs no second copy.
        if (unanswered == 0) {
            processed(owned.all());
        }
    }

    /** Commits what Kafka does not have of some partitions, within a bound. */
    void now(Collection<TopicPartition> partitions) {
        Map<TopicPartition, OffsetAndMetadata> offsets = owned.uncommitted(partitions);
        if (offsets.isEmpty() || !context.kafka().isAvailable()) {
            return;
        }
        try {
            consumer.commitSync(offsets, context.retry().kafkaCommitTimeout());
            confirmed(offsets);
        } catch (KafkaException e) {
            failed(e);
        }
    }

    /**
     * Nothing waits for what monitors see, and they need not see each batch: at most one commit is
     * on its way, and what came in meanwhile goes with the next one or with {@link #repeat()}.
     */
    private void afterTheLast(Collection<TopicPartition> partitions) {
        if (unanswered == 0) {
            later(partitions);
        }
    }

    private void later(Collection<TopicPartition> partitions) {
        Map<TopicPartition, OffsetAndMetadata> offsets = owned.uncommitted(partitions);
        if (offsets.isEmpty() || !context.kafka().isAvailable()) {
            return;
        }
        unanswered++;
        consumer.commitAsync(
                offsets,
                (committed, e) -> {
                    unanswered--;
                    if (e == null) {
                        confirmed(offsets);
                    } else {
                        failed(e);
                    }
                });
    }

    private void confirmed(Map<TopicPartition, OffsetAndMetadata> offsets) {
        offsets.forEach((partition, offset) ->
                owned.find(partition).ifPresent(mine -> mine.committed(offset.offset())));
    }

    private void failed(Exception e) {
        context.metrics().kafkaCommitFailed(group);
        log.debug("Group {} could not commit to Kafka; it is tried again", group, e);
    }
}
