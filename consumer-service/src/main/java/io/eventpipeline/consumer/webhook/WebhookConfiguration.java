package io.eventpipeline.consumer.webhook;

import io.eventpipeline.consumer.deadletters.DeadLetterPublisher;
import io.eventpipeline.model.topic.TopicCatalogue;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.kafka.autoconfigure.ConcurrentKafkaListenerContainerFactoryConfigurer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.config.ConcurrentKafkaListenerContainerFactory;
import org.springframework.kafka.config.KafkaListenerEndpointRegistry;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.listener.ContainerProperties;
import org.springframework.kafka.listener.ContainerProperties.AssignmentCommitOption;

/** The listener {@code webhook}, there if a target is configured. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty("pipeline.consumer.webhook.url")
class WebhookConfiguration {

    /** How soon a member notices that work is done, and polls for more. */
    private static final Duration POLL_TIMEOUT = Duration.ofMillis(25);

    private static final int MAX_POLL_RECORDS = 500;
    private static final Duration SHUTDOWN_TIMEOUT = Duration.ofSeconds(12);

    @Bean
    List<String> webhookTopics(WebhookProperties properties, TopicCatalogue catalogue) {
        return properties.topics().stream().map(catalogue::name).sorted().toList();
    }

    @Bean
    WebhookTarget webhookTarget(WebhookProperties properties, Clock clock) {
        return new WebhookTarget(properties, clock);
    }

    @Bean
    WebhookDelivery webhookDelivery(
            WebhookTarget target,
            DeadLetterPublisher deadLetters,
            WebhookProperties properties,
            MeterRegistry meters) {
        TargetGate gate = new TargetGate(properties.initialPause(), properties.maxPause());
        return new WebhookDelivery(target, gate, deadLetters, properties, meters);
    }

    @Bean
    WebhookMembers webhookMembers(
            WebhookDelivery delivery,
            WebhookProperties properties,
            ObjectProvider<KafkaListenerEndpointRegistry> containers,
            MeterRegistry meters) {
        return new WebhookMembers(delivery, properties, containers, meters);
    }

    @Bean
    WebhookListener webhookListener(WebhookMembers members) {
        return new WebhookListener(members);
    }

    @Bean
    WebhookHealthIndicator webhookHealthIndicator(
            WebhookDelivery delivery, WebhookMembers members) {
        return new WebhookHealthIndicator(delivery, members);
    }

    @Bean
    ConcurrentKafkaListenerContainerFactory<Object, Object> webhookListenerContainerFactory(
            ConcurrentKafkaListenerContainerFactoryConfigurer configurer,
            ConsumerFactory<Object, Object> consumers,
            WebhookProperties properties,
            WebhookMembers members) {
        var factory = new ConcurrentKafkaListenerContainerFactory<Object, Object>();
        configurer.configure(factory, consumers);
        factory.setConcurrency(properties.concurrency());
        consumers.addListener(
                new ConsumerFactory.Listener<>() {
                    @Override
                    public void consumerRemoved(
                            @Nullable String id, Consumer<Object, Object> consumer) {
                        members.closed(consumer);
                    }
                });
        factory.setContainerCustomizer(
                container -> configure(container.getContainerProperties(), properties, members));
        return factory;
    }

    private static void configure(
            ContainerProperties container, WebhookProperties properties, WebhookMembers members) {
        container.setConsumerRebalanceListener(members);
        container.setAssignmentCommitOption(AssignmentCommitOption.NEVER);
        container.setPollTimeout(POLL_TIMEOUT.toMillis());
        container.setIdleEventInterval(POLL_TIMEOUT.toMillis());
        container.setIdleBeforeDataMultiplier(1.0);
        container.setShutdownTimeout(SHUTDOWN_TIMEOUT.toMillis());
        Properties consumer = container.getKafkaConsumerProperties();
        consumer.setProperty(
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                properties.from().name().toLowerCase(Locale.ROOT));
        consumer.setProperty(
                ConsumerConfig.MAX_POLL_RECORDS_CONFIG, Integer.toString(MAX_POLL_RECORDS));
        consumer.setProperty(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
    }
}
