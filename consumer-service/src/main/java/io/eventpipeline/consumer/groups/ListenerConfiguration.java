package io.eventpipeline.consumer.groups;

import io.eventpipeline.consumer.delivery.GroupMembers;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.kafka.autoconfigure.ConcurrentKafkaListenerContainerFactoryConfigurer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.config.ConcurrentKafkaListenerContainerFactory;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.listener.BatchAcknowledgingConsumerAwareMessageListener;
import org.springframework.kafka.listener.ContainerProperties;
import org.springframework.kafka.listener.ContainerProperties.AssignmentCommitOption;

/**
 * The containers of all groups: batches of bytes, offsets committed by the members alone. Settings
 * of the client are those of {@code spring.kafka.*}.
 */
@Configuration(proxyBeanMethods = false)
class ListenerConfiguration {

    /** Longer than a transaction may take, shorter than the shutdown phase. */
    private static final Duration SHUTDOWN_TIMEOUT = Duration.ofSeconds(12);

    @Bean
    ConcurrentKafkaListenerContainerFactory<Object, Object> kafkaListenerContainerFactory(
            ConcurrentKafkaListenerContainerFactoryConfigurer configurer,
            ConsumerFactory<Object, Object> consumers,
            GroupMembers members) {
        SessionTimeouts.requireValid(consumers.getConfigurationProperties());
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
            String group = Objects.requireNonNull(container.getBeanName());
            ContainerProperties properties = container.getContainerProperties();
            properties.setConsumerRebalanceListener(members.rebalanceListener(group));
            properties.setAssignmentCommitOption(AssignmentCommitOption.NEVER);
            properties.setIdleBeforeDataMultiplier(1.0);
            properties.setShutdownTimeout(SHUTDOWN_TIMEOUT.toMillis());
            properties
                    .getKafkaConsumerProperties()
                    .putIfAbsent(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
            container.setCommonErrorHandler(members.errorHandler(group));
            container.setupMessageListener(listener(properties));
        });
        return factory;
    }

    // All listeners of this factory take the poll's whole result, as bytes.
    @SuppressWarnings("unchecked")
    private static PollResultListener listener(ContainerProperties properties) {
        return new PollResultListener(
                (BatchAcknowledgingConsumerAwareMessageListener<byte[], byte[]>)
                        Objects.requireNonNull(properties.getMessageListener()));
    }

    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }
}
