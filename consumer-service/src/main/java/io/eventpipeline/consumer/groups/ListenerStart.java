package io.eventpipeline.consumer.groups;

import io.eventpipeline.consumer.store.SchemaMigratedEvent;
import io.eventpipeline.consumer.store.SchemaMigration;
import io.eventpipeline.starter.topics.TopicProvisioning;
import io.eventpipeline.starter.topics.TopicsProvisionedEvent;
import java.util.HashSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.EventListener;
import org.springframework.kafka.config.KafkaListenerEndpointRegistry;
import org.springframework.kafka.listener.MessageListenerContainer;
import org.springframework.stereotype.Component;

/**
 * Starts each listener when there is something to read from and something to write to: the topics
 * exist and, for a group that writes tables, the schema is up to date. Thread-safe.
 */
@Component
final class ListenerStart implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(ListenerStart.class);

    private final KafkaListenerEndpointRegistry containers;
    private final TopicProvisioning topics;
    private final SchemaMigration schema;
    private boolean running;
    private final Set<String> started = new HashSet<>();

    ListenerStart(
            KafkaListenerEndpointRegistry containers,
            TopicProvisioning topics,
            SchemaMigration schema) {
        this.containers = containers;
        this.topics = topics;
        this.schema = schema;
    }

    /** What a listener still waits for; empty once it was started. */
    synchronized Optional<String> waitingFor(String listener) {
        if (started.contains(listener)) {
            return Optional.empty();
        }
        return Optional.of(
                topics.isDone() ? "The schema is not there yet" : "The topics are not there yet");
    }

    @EventListener({TopicsProvisionedEvent.class, SchemaMigratedEvent.class})
    void onProgress() {
        startIfReady();
    }

    @Override
    public synchronized void start() {
        running = true;
        startIfReady();
    }

    @Override
    public synchronized void stop() {
        running = false;
    }

    @Override
    public synchronized boolean isRunning() {
        return running;
    }

    /** Last to start and first to stop, so that nothing is started while the rest goes down. */
    @Override
    public int getPhase() {
        return Integer.MAX_VALUE;
    }

    private synchronized void startIfReady() {
        if (!running || !topics.isDone()) {
            return;
        }
        for (MessageListenerContainer container : containers.getListenerContainers()) {
            String listener = Objects.requireNonNull(container.getListenerId());
            if ((schema.isDone() || !ListenerGroup.writesTables(listener))
                    && started.add(listener)) {
                container.start();
                log.info("Started the listener {}", listener);
            }
        }
    }
}
