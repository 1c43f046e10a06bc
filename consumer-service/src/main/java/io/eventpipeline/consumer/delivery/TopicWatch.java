package io.eventpipeline.consumer.delivery;

import io.eventpipeline.consumer.delivery.OwnedPartition.State;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices that a topic was deleted and made again while it is read: the new one may have grown past
 * the offset of the old one, so that nothing else would tell. Confined to the thread of a consumer.
 */
final class TopicWatch {

    private static final Logger log = LoggerFactory.getLogger(TopicWatch.class);

    private final OwnedPartitions owned;
    private final MemberContext context;
    private final Deadline next;

    TopicWatch(OwnedPartitions owned, MemberContext context) {
        this.owned = owned;
        this.context = context;
        this.next = new Deadline(context.retry().topicCheck(), context.clock());
    }

    /** The partitions whose topic has another id than it had, looked at now and then. */
    Set<TopicPartition> findRemade() {
        List<OwnedPartition> ready = owned.in(State.READY);
        if (ready.isEmpty() || !context.kafka().isAvailable() || !next.isDue()) {
            return Set.of();
        }
        try {
            Map<String, Uuid> ids =
                    context.logs()
                            .topicIds(
                                    ready.stream()
                                            .map(mine -> mine.partition().topic())
                                            .collect(Collectors.toSet()));
            return OwnedPartitions.names(
                    ready.stream()
                            .filter(mine ->
                                    !mine.topicId().equals(ids.get(mine.partition().topic())))
                            .toList());
        } catch (RuntimeException e) {
            log.debug("The ids of topics could not be compared", e);
            return Set.of();
        }
    }
}
