package io.eventpipeline.consumer.webhook;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
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
import org.springframework.kafka.listener.ConsumerAwareRebalanceListener;
import org.springframework.kafka.listener.MessageListenerContainer;
import org.springframework.kafka.support.Acknowledgment;

/**
 * The members of the webhook's groups in this instance, one for each consumer. What spring-kafka
 * calls, it passes on to the member of that consumer. Thread-safe.
 */
final class WebhookMembers {

    private final Map<Consumer<?, ?>, Member> members = new ConcurrentHashMap<>();
    private final WebhookProperties properties;
    private final ObjectProvider<KafkaListenerEndpointRegistry> containers;
    private final MeterRegistry meters;

    private record Member(String listener, WebhookMember member) {}

    WebhookMembers(
            WebhookListeners listeners,
            WebhookProperties properties,
            ObjectProvider<KafkaListenerEndpointRegistry> containers,
            MeterRegistry meters) {
        this.properties = properties;
        this.containers = containers;
        this.meters = meters;
        for (WebhookListener listener : listeners.all()) {
            Gauge.builder(
                            "pipeline.consumer.webhook.pending",
                            this,
                            all -> all.pending(listener.id()))
                    .description(
                            "records in hand: being sent, waiting, or done behind one that is not")
                    .tag("listener", listener.id())
                    .register(meters);
        }
    }

    /** How many records a listener has in hand. */
    int pending(String listener) {
        return members.values().stream()
                .filter(one -> one.listener().equals(listener))
                .mapToInt(one -> one.member().pending())
                .sum();
    }

    /** Forgets the member of a consumer that was closed. */
    void closed(Consumer<?, ?> consumer) {
        members.remove(consumer);
    }

    /** What a listener's container calls with records. */
    BatchAcknowledgingConsumerAwareMessageListener<byte[], byte[]> messageListener(
            WebhookListener listener) {
        return new BatchAcknowledgingConsumerAwareMessageListener<>() {
            @Override
            public boolean wantsPollResult() {
                return true;
            }

            @Override
            public void onMessage(
                    ConsumerRecords<byte[], byte[]> records,
                    @Nullable Acknowledgment acknowledgment,
                    Consumer<byte[], byte[]> consumer) {
                member(listener, consumer).received(records);
            }

            @Override
            public void onMessage(
                    List<ConsumerRecord<byte[], byte[]>> records,
                    @Nullable Acknowledgment acknowledgment,
                    @Nullable Consumer<?, ?> consumer) {
                throw new UnsupportedOperationException("The poll's whole result is wanted");
            }
        };
    }

    /** What a listener's container calls when its group is divided anew. */
    ConsumerAwareRebalanceListener rebalanceListener(WebhookListener listener) {
        return new ConsumerAwareRebalanceListener() {
            @Override
            public void onPartitionsAssigned(
                    Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
                member(listener, consumer).assigned(partitions);
            }

            @Override
            public void onPartitionsRevokedBeforeCommit(
                    Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
                member(listener, consumer).revoked(partitions);
            }

            @Override
            public void onPartitionsLost(
                    Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
                member(listener, consumer).lost(partitions);
            }
        };
    }

    @EventListener
    void onIdle(ListenerContainerIdleEvent event) {
        Member found = members.get(event.getConsumer());
        if (found != null) {
            found.member().maintain();
        }
    }

    private WebhookMember member(WebhookListener listener, Consumer<?, ?> consumer) {
        return members.computeIfAbsent(
                        consumer,
                        created ->
                                new Member(
                                        listener.id(),
                                        new WebhookMember(
                                                listener,
                                                created,
                                                properties,
                                                () -> isPaused(listener),
                                                meters.counter(
                                                        "pipeline.consumer.kafka.commits.failed",
                                                        "group",
                                                        listener.id()))))
                .member();
    }

    private boolean isPaused(WebhookListener listener) {
        MessageListenerContainer container =
                containers.getObject().getListenerContainer(listener.id());
        return container != null && container.isPauseRequested();
    }
}
