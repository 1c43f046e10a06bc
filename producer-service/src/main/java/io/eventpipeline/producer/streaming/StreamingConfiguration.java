package io.eventpipeline.producer.streaming;

import io.eventpipeline.producer.delivery.EventPublisher;
import io.eventpipeline.producer.records.RecordFactory;
import io.eventpipeline.producer.records.RecordIntake;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

/** Puts the streams together. */
@Configuration(proxyBeanMethods = false)
class StreamingConfiguration {

    @Bean
    RecordStreams recordStreams(
            StreamingProperties properties,
            RecordIntake intake,
            RecordFactory factory,
            EventPublisher publisher,
            JsonMapper json,
            MeterRegistry registry) {
        return new RecordStreams(properties, intake, factory, publisher, json, registry);
    }
}
