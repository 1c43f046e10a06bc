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
 * Tells Kafka what the database has, for monitors only: a failure is counted and tried again, and
 * never taken for a loss. Confined to the thread of its consumer.
 */
final class KafkaCommits {

    private static final Logger log = LoggerFactory.getLogger(KafkaCommits.class);

    private final String group;
    private final Consumer<?, ?> consumer;
    private final OwnedPartitions owned;
    private final MemberContext context;

    KafkaCommits(
            String group, Consumer<?, ?> consumer, OwnedPartitions owned, MemberContext context) {
        this.group = group;
        this.consumer = consumer;
        this.owned = owned;
        this.context = context;
    }

    /** Commits what Kafka does not have of some partitions, within a bound. */
    void commit(Collection<TopicPartition> partitions) {
        Map<TopicPartition, OffsetAndMetadata> offsets = owned.uncommitted(partitions);
        if (offsets.isEmpty() || !context.kafka().isAvailable()) {
            return;
        }
        try {
            consumer.commitSync(offsets, context.retry().kafkaCommitTimeout());
            offsets.forEach((partition, offset) ->
                    owned.find(partition).ifPresent(mine -> mine.committed(offset.offset())));
        } catch (KafkaException e) {
            context.metrics().kafkaCommitFailed(group);
            log.debug("Group {} could not commit to Kafka; the database has the offsets", group, e);
        }
    }
}
