package io.eventpipeline.producer.valueschemas;

import io.eventpipeline.model.topic.TopicCatalogue;
import io.eventpipeline.producer.topics.TopicDirectory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Reads the schemas, if there are any. */
@Configuration(proxyBeanMethods = false)
class ValueSchemasConfiguration {

    @Bean
    ValueSchemas valueSchemas(
            ValueSchemasProperties properties, TopicCatalogue catalogue, TopicDirectory topics) {
        return properties.folder() == null
                ? ValueSchemas.none()
                : new ValueSchemaFiles(properties.folder(), catalogue, topics::isForSenders).read();
    }
}
