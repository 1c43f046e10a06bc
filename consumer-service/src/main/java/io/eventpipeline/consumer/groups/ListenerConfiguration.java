package io.eventpipeline.consumer.groups;

import io.eventpipeline.consumer.delivery.CommitMode;
import io.eventpipeline.consumer.delivery.GroupMembers;
import io.eventpipeline.consumer.delivery.GroupRules;
import io.eventpipeline.consumer.listening.GroupConsumers;
import io.eventpipeline.consumer.listening.Membership.Protocol;
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
import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;
import org.springframework.kafka.listener.ContainerProperties;
import org.springframework.kafka.listener.ContainerProperties.AckMode;
import org.springframework.kafka.listener.ContainerProperties.AssignmentCommitOption;

/**
 * The containers of all groups that write tables: batches of bytes, offsets committed by the
 * members alone. Settings of the client are those of {@code spring.kafka.*} and, over them, those
 * of the group's membership.
 */
@Configuration(proxyBeanMethods = false)
class ListenerConfiguration {

    /** Longer than a transaction may take, shorter than the shutdown phase. */
    private static final Duration SHUTDOWN_TIMEOUT = Duration.ofSeconds(12);

    @Bean(Memberships.CLASSIC_FACTORY)
    ConcurrentKafkaListenerContainerFactory<Object, Object> kafkaListenerContainerFactory(
            ConcurrentKafkaListenerContainerFactoryConfigurer configurer,
            ConsumerFactory<Object, Object> consumers,
            Memberships memberships,
            GroupMembers members) {
        return containers(Protocol.CLASSIC, configurer, consumers, memberships, members);
    }

    @Bean(Memberships.CONSUMER_FACTORY)
    ConcurrentKafkaListenerContainerFactory<Object, Object> consumerProtocolContainerFactory(
            ConcurrentKafkaListenerContainerFactoryConfigurer configurer,
            ConsumerFactory<Object, Object> consumers,
            Memberships memberships,
            GroupMembers members) {
        return containers(Protocol.CONSUMER, configurer, consumers, memberships, members);
    }

    private static ConcurrentKafkaListenerContainerFactory<Object, Object> containers(
            Protocol protocol,
            ConcurrentKafkaListenerContainerFactoryConfigurer configurer,
            ConsumerFactory<Object, Object> defaults,
            Memberships memberships,
            GroupMembers members) {
        ConsumerFactory<Object, Object> consumers = GroupConsumers.factory(protocol, defaults);
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
            GroupRules rules =
                    memberships.apply(
                            group,
                            consumers,
                            container.getContainerProperties().getKafkaConsumerProperties());
            customize(container, members, rules);
        });
        return factory;
    }

    private static void customize(
            ConcurrentMessageListenerContainer<Object, Object> container,
            GroupMembers members,
            GroupRules rules) {
        String group = Objects.requireNonNull(container.getBeanName());
        ContainerProperties properties = container.getContainerProperties();
        properties.setConsumerRebalanceListener(members.rebalanceListener(group, rules));
        properties.setAssignmentCommitOption(AssignmentCommitOption.NEVER);
        properties.setIdleBeforeDataMultiplier(1.0);
        properties.setShutdownTimeout(SHUTDOWN_TIMEOUT.toMillis());
        if (rules.commits() == CommitMode.AUTO) {
            // The container refuses the client's own commits beside manual ones.
            properties.setAckMode(AckMode.BATCH);
        }
        properties
                .getKafkaConsumerProperties()
                .putIfAbsent(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
        container.setCommonErrorHandler(members.errorHandler(group));
        container.setupMessageListener(listener(properties));
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
