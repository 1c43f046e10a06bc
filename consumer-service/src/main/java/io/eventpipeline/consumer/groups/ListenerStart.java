package io.eventpipeline.consumer.groups;

import io.eventpipeline.consumer.store.SchemaMigratedEvent;
import io.eventpipeline.consumer.store.SchemaMigration;
import io.eventpipeline.starter.topics.TopicProvisioning;
import io.eventpipeline.starter.topics.TopicsProvisionedEvent;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.EventListener;
import org.springframework.kafka.config.KafkaListenerEndpointRegistry;
import org.springframework.kafka.listener.MessageListenerContainer;
import org.springframework.stereotype.Component;

/**
 * Starts the listeners when there is something to read from and something to write to: the topics
 * exist and the schema is up to date. Thread-safe.
 */
@Component
final class ListenerStart implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(ListenerStart.class);

    private final KafkaListenerEndpointRegistry containers;
    private final TopicProvisioning topics;
    private final SchemaMigration schema;
    private boolean running;
    private boolean started;

    ListenerStart(
            KafkaListenerEndpointRegistry containers,
            TopicProvisioning topics,
            SchemaMigration schema) {
        this.containers = containers;
        this.topics = topics;
        this.schema = schema;
    }

    /** Whether the listeners were started. */
    synchronized boolean isDone() {
        return started;
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
        if (!running || started || !topics.isDone() || !schema.isDone()) {
            return;
        }
        started = true;
        containers.getListenerContainers().forEach(MessageListenerContainer::start);
        log.info("Started the groups {}", containers.getListenerContainerIds());
    }
}
