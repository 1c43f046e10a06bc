package io.eventpipeline.producer.schemas;

import io.eventpipeline.model.topic.TopicCatalogue;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts together what is told about the doors. */
@Configuration(proxyBeanMethods = false)
class SchemasConfiguration {

    @Bean
    EventSchemas eventSchemas() {
        return new EventSchemas();
    }

    @Bean
    EventTypeDirectory eventTypeDirectory(TopicCatalogue catalogue, EventSchemas schemas) {
        return new EventTypeDirectory(catalogue, schemas);
    }

    @Bean
    OpenApiDocument openApiDocument(EventSchemas schemas) {
        return new OpenApiDocument(schemas);
    }
}
