package io.eventpipeline.producer.delivery;

import io.eventpipeline.model.topic.DeliveryProfile;
import io.eventpipeline.model.topic.TopicCatalogue;
import io.eventpipeline.model.topic.TopicDefinition;
import io.eventpipeline.model.topic.TopicDefinition.Audience;
import io.eventpipeline.starter.topics.TopicsProvisionedEvent;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.EventListener;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;

/**
 * One producer for each delivery profile, shared by all requests: that keeps the order of a key for
 * senders that wait for their answers. Stopped after the web server, so that what is in flight is
 * finished first. Thread-safe.
 */
final class ProfileProducers implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(ProfileProducers.class);

    private final Map<DeliveryProfile, ProfileProducer> producers =
            new EnumMap<>(DeliveryProfile.class);
    private final TopicCatalogue catalogue;
    private final Duration closeTimeout;
    private final int maxRecordBytes;
    private volatile boolean running;
    private volatile boolean closing;

    ProfileProducers(
            DefaultKafkaProducerFactory<?, ?> template,
            TopicCatalogue catalogue,
            DeliveryProperties properties) {
        this.catalogue = catalogue;
        this.closeTimeout = properties.closeTimeout();
        NativeCompression.load();
        for (DeliveryProfile profile : DeliveryProfile.values()) {
            ProfileProducer producer =
                    new ProfileProducer(profile, template, properties.closeTimeout());
            DeliveryBounds.check(producer.settings(), properties.deadline());
            producers.put(profile, producer);
        }
        maxRecordBytes =
                producers.values().stream()
                        .mapToInt(producer -> DeliveryBounds.maxRequestSize(producer.settings()))
                        .min()
                        .orElseThrow();
    }

    /** The producer of a profile. */
    ProfileProducer of(DeliveryProfile profile) {
        ProfileProducer producer = producers.get(profile);
        if (producer == null) {
            throw new IllegalArgumentException("No producer for profile " + profile);
        }
        return producer;
    }

    /** All producers by profile. */
    Map<DeliveryProfile, ProfileProducer> all() {
        return producers;
    }

    /** How long a request may go on handing over events, so that the last can be confirmed. */
    Duration sendingTime(Duration deadline) {
        return producers.values().stream()
                .map(producer ->
                        deadline.minus(DeliveryBounds.deliveryTimeout(producer.settings())))
                .min(Duration::compareTo)
                .orElse(Duration.ZERO);
    }

    /** The largest record that the producers take, in bytes before compression. */
    int maxRecordBytes() {
        return maxRecordBytes;
    }

    /** Whether what fails now fails because the service ends. */
    boolean isClosing() {
        return closing;
    }

    /** Connects and asks for the topics before the first event comes, which then need not wait. */
    @EventListener(TopicsProvisionedEvent.class)
    void warmUp() {
        catalogue.all().stream()
                .filter(topic -> topic.audience() == Audience.SENDERS)
                .forEach(this::warmUp);
    }

    private void warmUp(TopicDefinition topic) {
        try {
            of(topic.profile()).get().partitionsFor(topic.name());
        } catch (KafkaException e) {
            // The first event will ask again, and its sender is told if that fails.
            log.info("Topic {} could not be asked for ahead: {}", topic.name(), e.getMessage());
        }
    }

    @Override
    public void start() {
        running = true;
    }

    @Override
    public void stop() {
        closing = true;
        try {
            ProducerClosing.all(
                    producers.values().stream().map(producer -> producer::close), closeTimeout);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Below the web server's phase: started before it, stopped after it. */
    @Override
    public int getPhase() {
        return 0;
    }
}
