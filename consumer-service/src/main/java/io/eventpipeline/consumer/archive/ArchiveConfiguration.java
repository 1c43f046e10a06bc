package io.eventpipeline.consumer.archive;

import io.eventpipeline.consumer.listening.BatchEndpoint;
import io.eventpipeline.consumer.listening.GroupConsumers;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.kafka.autoconfigure.ConcurrentKafkaListenerContainerFactoryConfigurer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.kafka.annotation.KafkaListenerConfigurer;
import org.springframework.kafka.config.ConcurrentKafkaListenerContainerFactory;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.listener.ContainerProperties;
import org.springframework.kafka.listener.ContainerProperties.AssignmentCommitOption;

/** The listener of the archive, unless this instance does not archive. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnBooleanProperty(
        name = "pipeline.consumer.archive.enabled",
        havingValue = true,
        matchIfMissing = true)
class ArchiveConfiguration {

    private static final String INSTANCE_ID = "pipeline.consumer.instance-id";

    /** Files are closed within; shorter than the shutdown phase. */
    private static final Duration SHUTDOWN_TIMEOUT = Duration.ofSeconds(12);

    /**
     * A consumer of all topics would otherwise hold a megabyte of each partition in memory while it
     * catches up.
     */
    private static final Map<String, String> FETCHES =
            Map.of(
                    ConsumerConfig.FETCH_MAX_BYTES_CONFIG,
                    Integer.toString(8 * 1024 * 1024),
                    ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG,
                    Integer.toString(512 * 1024));

    @Bean
    ConcurrentKafkaListenerContainerFactory<Object, Object> archiveContainerFactory(
            ConcurrentKafkaListenerContainerFactoryConfigurer configurer,
            ConsumerFactory<Object, Object> defaults,
            ArchiveProperties archive,
            Environment environment,
            ArchiveMembers members) {
        ConsumerFactory<Object, Object> consumers =
                GroupConsumers.factory(archive.membership().protocol(), defaults);
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
            ContainerProperties properties = container.getContainerProperties();
            properties.setConsumerRebalanceListener(members.rebalanceListener());
            properties.setAssignmentCommitOption(AssignmentCommitOption.NEVER);
            properties.setIdleBeforeDataMultiplier(1.0);
            properties.setShutdownTimeout(SHUTDOWN_TIMEOUT.toMillis());
            GroupConsumers.apply(
                    archive.membership(),
                    environment.getRequiredProperty(INSTANCE_ID),
                    ArchiveMembers.GROUP,
                    consumers,
                    properties.getKafkaConsumerProperties());
            container.setCommonErrorHandler(members.errorHandler());
        });
        return factory;
    }

    @Bean
    KafkaListenerConfigurer archiveListener(
            ArchiveProperties properties,
            ArchiveTopics topics,
            ArchiveMembers members,
            Environment environment,
            @Qualifier("archiveContainerFactory")
                    ConcurrentKafkaListenerContainerFactory<Object, Object> factory) {
        Map<String, String> consumer = new HashMap<>(FETCHES);
        consumer.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
        consumer.put(
                ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                Integer.toString(properties.maxPollRecords()));
        BatchEndpoint endpoint =
                new BatchEndpoint(
                        ArchiveMembers.GROUP,
                        ArchiveMembers.GROUP,
                        topics.names(),
                        List.of(),
                        environment.getRequiredProperty(INSTANCE_ID) + "-" + ArchiveMembers.GROUP,
                        properties.concurrency(),
                        consumer,
                        members);
        return registrar -> registrar.registerEndpoint(endpoint, factory);
    }
}
