package io.eventpipeline.starter.settings;

import io.eventpipeline.model.topic.TopicCatalogue;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.ConfigurationPropertiesBinding;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/** Binds the common settings and makes the topic catalogue of their environment. */
@AutoConfiguration
@EnableConfigurationProperties(PipelineProperties.class)
public class PipelineSettingsAutoConfiguration {

    /** Static, because settings are bound before most beans are made. */
    @Bean
    @ConfigurationPropertiesBinding
    static PathConverter pathConverter() {
        return new PathConverter();
    }

    /** The topics of this environment. */
    @Bean
    TopicCatalogue topicCatalogue(PipelineProperties properties) {
        return new TopicCatalogue(properties.environment());
    }
}
