package io.eventpipeline.streams.queries;

import org.apache.kafka.clients.admin.Admin;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.annotation.KafkaStreamsDefaultConfiguration;
import org.springframework.kafka.config.KafkaStreamsConfiguration;

/** What queries need of the client's settings. */
@Configuration(proxyBeanMethods = false)
class QueriesConfiguration {

    @Bean
    ReadProgress readProgress(
            Admin admin,
            @Qualifier(KafkaStreamsDefaultConfiguration.DEFAULT_STREAMS_CONFIG_BEAN_NAME)
                    KafkaStreamsConfiguration config) {
        return new ReadProgress(admin, config.asProperties().getProperty("application.id"));
    }
}
