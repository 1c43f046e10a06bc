package io.eventpipeline.consumer.webhook;

import io.eventpipeline.consumer.deadletters.DeadLetterPublisher;
import io.eventpipeline.consumer.deadletters.LetterProducer;
import io.eventpipeline.consumer.listening.BatchEndpoint;
import io.eventpipeline.consumer.listening.GroupConsumers;
import io.eventpipeline.model.topic.TopicCatalogue;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.kafka.autoconfigure.ConcurrentKafkaListenerContainerFactoryConfigurer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.kafka.annotation.KafkaListenerConfigurer;
import org.springframework.kafka.config.ConcurrentKafkaListenerContainerFactory;
import org.springframework.kafka.config.KafkaListenerEndpointRegistry;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.listener.ContainerProperties;
import org.springframework.kafka.listener.ContainerProperties.AssignmentCommitOption;

/** The listener {@code webhook} and those of its retry topics, there if a target is configured. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty("pipeline.consumer.webhook.url")
class WebhookConfiguration {

    /** How soon a member notices that work is done, and polls for more. */
    private static final Duration POLL_TIMEOUT = Duration.ofMillis(25);

    private static final int MAX_POLL_RECORDS = 500;
    private static final Duration SHUTDOWN_TIMEOUT = Duration.ofSeconds(12);

    @Bean
    WebhookTarget webhookTarget(WebhookProperties properties, Clock clock) {
        return new WebhookTarget(properties, clock);
    }

    @Bean
    WebhookCalls webhookCalls(
            WebhookTarget target, WebhookProperties properties, MeterRegistry meters) {
        return new WebhookCalls(
                target, new TargetGate(properties.initialPause(), properties.maxPause()), meters);
    }

    @Bean
    RetryTopics webhookRetryTopics(
            WebhookProperties properties,
            TopicCatalogue catalogue,
            LetterProducer producer,
            MeterRegistry meters,
            Clock clock) {
        return new RetryTopics(properties, catalogue, producer, meters, clock);
    }

    @Bean
    WebhookListeners webhookListeners(
            WebhookProperties properties,
            TopicCatalogue catalogue,
            WebhookCalls calls,
            DeadLetterPublisher deadLetters,
            RetryTopics retries,
            MeterRegistry meters) {
        return new WebhookListeners(
                properties,
                catalogue,
                calls,
                new WebhookDeadLetters(deadLetters, properties, meters),
                retries);
    }

    @Bean
    WebhookMembers webhookMembers(
            WebhookListeners listeners,
            WebhookProperties properties,
            ObjectProvider<KafkaListenerEndpointRegistry> containers,
            MeterRegistry meters) {
        return new WebhookMembers(listeners, properties, containers, meters);
    }

    @Bean
    WebhookHealthIndicator webhookHealthIndicator(
            WebhookCalls calls, WebhookListeners listeners, WebhookMembers members) {
        return new WebhookHealthIndicator(calls, listeners, members);
    }

    @Bean
    ConcurrentKafkaListenerContainerFactory<Object, Object> webhookListenerContainerFactory(
            ConcurrentKafkaListenerContainerFactoryConfigurer configurer,
            ConsumerFactory<Object, Object> defaults,
            WebhookProperties properties,
            WebhookListeners listeners,
            WebhookMembers members,
            Environment environment) {
        ConsumerFactory<Object, Object> consumers =
                GroupConsumers.factory(properties.membership().protocol(), defaults);
        var factory = new ConcurrentKafkaListenerContainerFactory<Object, Object>();
        configurer.configure(factory, consumers);
        consumers.addListener(
                new ConsumerFactory.Listener<>() {
                    @Override
                    public void consumerRemoved(
                            @Nullable String id, Consumer<Object, Object> consumer) {
                        members.closed(consumer);
                    }
                });
        factory.setContainerCustomizer(container -> {
            WebhookListener listener = listeners.withId(container.getListenerId());
            ContainerProperties settings = container.getContainerProperties();
            settings.setConsumerRebalanceListener(members.rebalanceListener(listener));
            configure(settings);
            Properties consumer = settings.getKafkaConsumerProperties();
            GroupConsumers.apply(
                    properties.membership(),
                    environment.getRequiredProperty("pipeline.consumer.instance-id"),
                    listener.id(),
                    consumers,
                    consumer);
            consumer.setProperty(
                    ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                    listener.from().name().toLowerCase(Locale.ROOT));
        });
        return factory;
    }

    @Bean
    KafkaListenerConfigurer webhookListenerConfigurer(
            WebhookListeners listeners,
            WebhookMembers members,
            Environment environment,
            @Qualifier("webhookListenerContainerFactory")
                    ConcurrentKafkaListenerContainerFactory<Object, Object> factory) {
        Map<String, String> consumer =
                Map.of(
                        ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                        Integer.toString(MAX_POLL_RECORDS),
                        ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                        "false");
        String instance = environment.getRequiredProperty("pipeline.consumer.instance-id");
        return registrar ->
                listeners
                        .all()
                        .forEach(listener ->
                                registrar.registerEndpoint(
                                        new BatchEndpoint(
                                                listener.id(),
                                                listener.id(),
                                                listener.topics(),
                                                List.of(),
                                                instance + "-" + listener.id(),
                                                listener.concurrency(),
                                                consumer,
                                                members.messageListener(listener)),
                                        factory));
    }

    private static void configure(ContainerProperties container) {
        container.setAssignmentCommitOption(AssignmentCommitOption.NEVER);
        container.setPollTimeout(POLL_TIMEOUT.toMillis());
        container.setIdleEventInterval(POLL_TIMEOUT.toMillis());
        container.setIdleBeforeDataMultiplier(1.0);
        container.setShutdownTimeout(SHUTDOWN_TIMEOUT.toMillis());
    }
}
