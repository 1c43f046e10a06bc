package io.eventpipeline.consumer.delivery;

import io.eventpipeline.consumer.delivery.OwnedPartition.State;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.common.TopicPartition;

/**
 * Notices that stored offsets were moved by somebody else, such as an operator, while the member
 * has nothing to write that would be refused. Confined to the thread of a consumer, but for {@link
 * #expect()}.
 */
final class MoveWatch {

    private final String group;
    private final OwnedPartitions owned;
    private final MemberContext context;
    private final Deadline next;
    private final AtomicBoolean expected = new AtomicBoolean();

    MoveWatch(String group, OwnedPartitions owned, MemberContext context) {
        this.group = group;
        this.owned = owned;
        this.context = context;
        this.next = new Deadline(context.retry().offsetCheck(), context.clock());
    }

    /** Offsets were moved: looks at them soon, at those of stopped partitions too. */
    void expect() {
        expected.set(true);
    }

    /**
     * The partitions whose stored offset was moved, looked at now and then.
     *
     * @throws RuntimeException if the database does not answer
     */
    Set<TopicPartition> findMoved() {
        boolean asked = expected.getAndSet(false);
        if (asked) {
            owned.in(State.STOPPED).forEach(OwnedPartition::unresolved);
        }
        List<OwnedPartition> ready = owned.in(State.READY);
        if (ready.isEmpty() || !(next.isDue() || asked) || !context.database().isAvailable()) {
            return Set.of();
        }
        return context.resolver().findMoved(group, ready);
    }
}
