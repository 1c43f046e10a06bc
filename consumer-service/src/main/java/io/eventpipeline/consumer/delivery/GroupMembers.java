package io.eventpipeline.consumer.delivery;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.event.EventListener;
import org.springframework.kafka.config.KafkaListenerEndpointRegistry;
import org.springframework.kafka.event.ListenerContainerIdleEvent;
import org.springframework.kafka.listener.CommonErrorHandler;
import org.springframework.kafka.listener.ConsumerAwareRebalanceListener;
import org.springframework.kafka.listener.MessageListenerContainer;
import org.springframework.stereotype.Component;

/**
 * The members of all groups in this instance: one for each consumer, so that two threads of one
 * process are as strange to each other as two processes. What spring-kafka calls, it passes on to
 * the member of that consumer. Thread-safe; a member is only touched by its consumer's thread.
 */
@Component
public final class GroupMembers implements GroupStatuses {

    private final Map<Consumer<?, ?>, GroupMember> members = new ConcurrentHashMap<>();
    private final Map<String, GroupRules> rules = new ConcurrentHashMap<>();
    private final MemberContext context;
    private final ObjectProvider<KafkaListenerEndpointRegistry> containers;

    GroupMembers(MemberContext context, ObjectProvider<KafkaListenerEndpointRegistry> containers) {
        this.context = context;
        this.containers = containers;
    }

    /** Delivers a poll's records; whatever fails is tried again from the stored offsets. */
    public void received(
            String group,
            ConsumerRecords<byte[], byte[]> records,
            Consumer<byte[], byte[]> consumer) {
        member(group, consumer).received(records);
    }

    @Override
    public List<MemberStatus> statuses(String group) {
        return members.values().stream()
                .filter(member -> member.group().equals(group))
                .map(GroupMember::status)
                .toList();
    }

    /** Whether a group's offsets are stored with its rows. */
    public boolean storesOffsets(String group) {
        GroupRules ofGroup = rules.get(group);
        return ofGroup != null && ofGroup.commits().storesOffsets();
    }

    /** Whether it is one of these groups and its offsets are in Kafka. */
    public boolean keepsOffsetsInKafka(String group) {
        GroupRules ofGroup = rules.get(group);
        return ofGroup != null && !ofGroup.commits().storesOffsets();
    }

    /** Tells the group's members in this instance that an operator moved their offsets. */
    public void expectMoves(String group) {
        members.values().stream()
                .filter(member -> member.group().equals(group))
                .forEach(GroupMember::expectMove);
    }

    /** Forgets the member of a consumer that was closed. */
    public void closed(Consumer<?, ?> consumer) {
        members.remove(consumer);
    }

    /** What the containers of a group need to tell its members of rebalances. */
    public ConsumerAwareRebalanceListener rebalanceListener(String group, GroupRules ofGroup) {
        rules.put(group, ofGroup);
        return new ConsumerAwareRebalanceListener() {
            @Override
            public void onPartitionsAssigned(
                    Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
                if (!partitions.isEmpty()) {
                    member(group, consumer).assigned(partitions);
                }
            }

            @Override
            public void onPartitionsRevokedBeforeCommit(
                    Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
                member(group, consumer).revoked(partitions);
            }

            @Override
            public void onPartitionsLost(
                    Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
                member(group, consumer).lost(partitions);
            }
        };
    }

    /** What the containers of a group need when a poll fails. */
    public CommonErrorHandler errorHandler(String group) {
        return new DeliveryErrorHandler(consumer -> member(group, consumer));
    }

    @EventListener
    void onIdle(ListenerContainerIdleEvent event) {
        GroupMember member = members.get(event.getConsumer());
        if (member != null) {
            member.maintain();
        }
    }

    // All containers of these groups are made for bytes.
    @SuppressWarnings("unchecked")
    private GroupMember member(String group, Consumer<?, ?> consumer) {
        return members.computeIfAbsent(
                consumer,
                created ->
                        new GroupMember(
                                group,
                                clientIdOf(created),
                                rules.getOrDefault(group, GroupRules.STRICT),
                                (Consumer<byte[], byte[]>) created,
                                context,
                                () -> isPaused(group)));
    }

    private boolean isPaused(String group) {
        MessageListenerContainer container = containers.getObject().getListenerContainer(group);
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
