package io.eventpipeline.starter.topics;

import io.eventpipeline.model.topic.TopicCatalogue;
import io.eventpipeline.model.topic.TopicProvisioner;
import io.eventpipeline.starter.kafka.KafkaAvailabilityAutoConfiguration;
import io.eventpipeline.starter.settings.PipelineProperties;
import java.time.Duration;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;

/** Provisions the catalogue at start, and what a service needs beside it. */
@AutoConfiguration(after = KafkaAvailabilityAutoConfiguration.class)
public class TopicProvisioningAutoConfiguration {

    /** Longer than the client's own bound, so that its reason is seen. */
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    @Bean
    TopicProvisioning topicProvisioning(
            TopicCatalogue catalogue,
            Admin admin,
            PipelineProperties properties,
            ObjectProvider<AdditionalTopics> additional,
            ApplicationEventPublisher events) {
        return new TopicProvisioning(
                Stream.concat(
                                catalogue.all().stream(),
                                additional
                                        .orderedStream()
                                        .flatMap(some -> some.definitions().stream()))
                        .toList(),
                new TopicProvisioner(admin, properties.replicationFactor(), TIMEOUT),
                events);
    }

    @Bean
    HealthIndicator topicsHealthIndicator(TopicProvisioning provisioning) {
        return new TopicsHealthIndicator(provisioning);
    }
}
