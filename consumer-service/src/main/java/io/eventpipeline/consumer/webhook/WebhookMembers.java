package io.eventpipeline.consumer.webhook;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.event.EventListener;
import org.springframework.kafka.config.KafkaListenerEndpointRegistry;
import org.springframework.kafka.event.ListenerContainerIdleEvent;
import org.springframework.kafka.listener.ConsumerAwareRebalanceListener;
import org.springframework.kafka.listener.MessageListenerContainer;

/** The members of the group in this instance, one for each consumer. Thread-safe. */
final class WebhookMembers implements ConsumerAwareRebalanceListener {

    private final Map<Consumer<?, ?>, WebhookMember> members = new ConcurrentHashMap<>();
    private final WebhookDelivery delivery;
    private final WebhookProperties properties;
    private final ObjectProvider<KafkaListenerEndpointRegistry> containers;

    WebhookMembers(
            WebhookDelivery delivery,
            WebhookProperties properties,
            ObjectProvider<KafkaListenerEndpointRegistry> containers,
            MeterRegistry meters) {
        this.delivery = delivery;
        this.properties = properties;
        this.containers = containers;
        Gauge.builder("pipeline.consumer.webhook.pending", this, WebhookMembers::pending)
                .description("records in hand: being sent, waiting, or done behind one that is not")
                .register(meters);
    }

    void received(ConsumerRecords<byte[], byte[]> records, Consumer<byte[], byte[]> consumer) {
        member(consumer).received(records);
    }

    /** How many records are in hand. */
    int pending() {
        return members.values().stream().mapToInt(WebhookMember::pending).sum();
    }

    /** Forgets the member of a consumer that was closed. */
    void closed(Consumer<?, ?> consumer) {
        members.remove(consumer);
    }

    @Override
    public void onPartitionsAssigned(
            Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
        member(consumer).assigned(partitions);
    }

    @Override
    public void onPartitionsRevokedBeforeCommit(
            Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
        member(consumer).revoked(partitions);
    }

    @Override
    public void onPartitionsLost(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
        member(consumer).lost(partitions);
    }

    @EventListener
    void onIdle(ListenerContainerIdleEvent event) {
        WebhookMember member = members.get(event.getConsumer());
        if (member != null) {
            member.maintain();
        }
    }

    private WebhookMember member(Consumer<?, ?> consumer) {
        return members.computeIfAbsent(
                consumer,
                created -> new WebhookMember(created, delivery, properties, this::isPaused));
    }

    private boolean isPaused() {
        MessageListenerContainer container =
                containers.getObject().getListenerContainer(WebhookListener.ID);
        return container != null && container.isPauseRequested();
    }
}
