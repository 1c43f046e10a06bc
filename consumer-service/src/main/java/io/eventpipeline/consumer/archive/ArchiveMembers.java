package io.eventpipeline.consumer.archive;

import io.eventpipeline.consumer.delivery.GroupStatuses;
import io.eventpipeline.consumer.delivery.MemberStatus;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.event.EventListener;
import org.springframework.kafka.config.KafkaListenerEndpointRegistry;
import org.springframework.kafka.event.ListenerContainerIdleEvent;
import org.springframework.kafka.listener.BatchAcknowledgingConsumerAwareMessageListener;
import org.springframework.kafka.listener.CommonErrorHandler;
import org.springframework.kafka.listener.ConsumerAwareRebalanceListener;
import org.springframework.kafka.listener.MessageListenerContainer;
import org.springframework.kafka.support.Acknowledgment;
import org.springframework.stereotype.Component;

/**
 * The members of the archive in this instance: one for each consumer, so that two threads of one
 * process are as strange to each other as two processes. What spring-kafka calls, it passes on to
 * the member of that consumer. It archives all topics of the catalogue that have events, in the
 * order of each partition; a record counts as archived when its file is published, and Kafka's own
 * commit follows. Nothing is refused: whatever a record holds, it can be archived.
 *
 * <p>Thread-safe; a member is only touched by its consumer's thread.
 */
@Component
public final class ArchiveMembers
        implements GroupStatuses, BatchAcknowledgingConsumerAwareMessageListener<byte[], byte[]> {

    /** The group's id, which is its listener's too. */
    public static final String GROUP = "archive";

    private final Map<Consumer<?, ?>, ArchiveMember> members = new ConcurrentHashMap<>();
    private final ArchiveContext context;
    private final ObjectProvider<KafkaListenerEndpointRegistry> containers;

    ArchiveMembers(
            ArchiveContext context, ObjectProvider<KafkaListenerEndpointRegistry> containers) {
        this.context = context;
        this.containers = containers;
    }

    @Override
    public List<MemberStatus> statuses(String group) {
        return group.equals(GROUP)
                ? members.values().stream().map(ArchiveMember::status).toList()
                : List.of();
    }

    @Override
    public boolean wantsPollResult() {
        return true;
    }

    @Override
    public void onMessage(
            ConsumerRecords<byte[], byte[]> records,
            @Nullable Acknowledgment acknowledgment,
            Consumer<byte[], byte[]> consumer) {
        member(consumer).received(records);
    }

    @Override
    public void onMessage(
            List<ConsumerRecord<byte[], byte[]>> records,
            @Nullable Acknowledgment acknowledgment,
            @Nullable Consumer<?, ?> consumer) {
        throw new UnsupportedOperationException("The poll's whole result is wanted");
    }

    /** Drops what the member of a closed consumer still has in hand. */
    void closed(Consumer<?, ?> consumer) {
        ArchiveMember member = members.remove(consumer);
        if (member != null) {
            member.closed();
        }
    }

    ConsumerAwareRebalanceListener rebalanceListener() {
        return new ConsumerAwareRebalanceListener() {
            @Override
            public void onPartitionsAssigned(
                    Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
                if (!partitions.isEmpty()) {
                    member(consumer).assigned(partitions);
                }
            }

            @Override
            public void onPartitionsRevokedBeforeCommit(
                    Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
                member(consumer).revoked(partitions);
            }

            @Override
            public void onPartitionsLost(
                    Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
                member(consumer).lost(partitions);
            }
        };
    }

    CommonErrorHandler errorHandler() {
        return new ArchiveErrorHandler(this::member);
    }

    @EventListener
    void onIdle(ListenerContainerIdleEvent event) {
        ArchiveMember member = members.get(event.getConsumer());
        if (member != null) {
            member.maintain();
        }
    }

    // All containers of this group are made for bytes.
    @SuppressWarnings("unchecked")
    private ArchiveMember member(Consumer<?, ?> consumer) {
        return members.computeIfAbsent(
                consumer,
                created ->
                        new ArchiveMember(
                                clientIdOf(created),
                                (Consumer<byte[], byte[]>) created,
                                context,
                                this::isPaused));
    }

    private boolean isPaused() {
        MessageListenerContainer container = containers.getObject().getListenerContainer(GROUP);
        return container != null && container.isPauseRequested();
    }

    private static String clientIdOf(Consumer<?, ?> consumer) {
        return consumer.metrics().keySet().stream()
                .map(metric -> metric.tags().get("client-id"))
                .filter(id -> id != null && !id.isEmpty())
                .findFirst()
                .orElse("unknown");
    }
}
