package io.eventpipeline.producer.schemas;

import io.eventpipeline.model.topic.TopicCatalogue;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts together what is told about the doors. */
@Configuration(proxyBeanMethods = false)
class SchemasConfiguration {

    @Bean
    EventTypeDirectory eventTypeDirectory(TopicCatalogue catalogue) {
        return new EventTypeDirectory(catalogue, new EventSchemas());
    }
}
