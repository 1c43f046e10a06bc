package io.eventpipeline.producer.delivery;

import io.eventpipeline.model.topic.TopicCatalogue;
import io.eventpipeline.starter.kafka.KafkaAvailability;
import io.eventpipeline.starter.tracing.RecordSpans;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.kafka.autoconfigure.DefaultKafkaProducerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;

/** Puts the delivery together. */
@Configuration(proxyBeanMethods = false)
class DeliveryConfiguration {

    /** While tracing is on, every producer adds its span to what it sends. */
    @Bean
    DefaultKafkaProducerFactoryCustomizer tracedProducers(ObjectProvider<RecordSpans> spans) {
        return factory ->
                spans.ifAvailable(traced -> factory.updateConfigs(traced.producerConfig()));
    }

    @Bean
    ProfileProducers profileProducers(
            DefaultKafkaProducerFactory<?, ?> template,
            TopicCatalogue catalogue,
            DeliveryProperties properties) {
        return new ProfileProducers(template, catalogue, properties);
    }

    @Bean
    Admission admission(
            KafkaAvailability kafka, ProfileProducers producers, DeliveryProperties properties) {
        return new Admission(
                kafka::reason,
                new TopicInFlightLimit(
                        properties.maxRecordsInFlightPerTopic(),
                        properties.maxBytesInFlightPerTopic().toBytes()),
                producers.maxRecordBytes());
    }

    @Bean
    DeliveryMetrics deliveryMetrics(MeterRegistry registry) {
        return new DeliveryMetrics(registry);
    }

    @Bean
    EventPublisher eventPublisher(
            ProfileProducers producers,
            Admission admission,
            DeliveryMetrics metrics,
            DeliveryProperties properties) {
        return new EventPublisher(producers, admission, metrics, properties.deadline());
    }

    @Bean
    HealthIndicator producerBufferHealthIndicator(
            ProfileProducers producers, DeliveryProperties properties) {
        return new ProducerBufferHealthIndicator(producers, properties.minimumBufferFree());
    }
}
