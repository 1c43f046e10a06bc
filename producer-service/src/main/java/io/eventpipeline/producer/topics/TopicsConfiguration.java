package io.eventpipeline.producer.topics;

import io.eventpipeline.model.topic.TopicCatalogue;
import io.eventpipeline.starter.kafka.KafkaAvailability;
import org.apache.kafka.clients.admin.Admin;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts the directory together. */
@Configuration(proxyBeanMethods = false)
class TopicsConfiguration {

    @Bean
    TopicDirectory topicDirectory(
            TopicCatalogue catalogue,
            TopicsProperties properties,
            KafkaAvailability kafka,
            Admin admin) {
        return new TopicDirectory(catalogue, properties, kafka, admin);
    }
}
