package io.eventpipeline.producer.delivery.transactions;

import io.eventpipeline.producer.delivery.Admission;
import io.eventpipeline.producer.delivery.DeliveryMetrics;
import io.eventpipeline.producer.delivery.DeliveryProperties;
import io.eventpipeline.producer.instance.Instance;
import io.eventpipeline.starter.settings.PipelineProperties;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;

/** Puts the transactions together. */
@Configuration(proxyBeanMethods = false)
class TransactionsConfiguration {

    @Bean
    TransactionMetrics transactionMetrics(MeterRegistry registry) {
        return new TransactionMetrics(registry);
    }

    @Bean
    TransactionSlots transactionSlots(
            DefaultKafkaProducerFactory<?, ?> template,
            PipelineProperties pipeline,
            Instance instance,
            TransactionsProperties properties,
            DeliveryProperties delivery,
            TransactionMetrics metrics) {
        return new TransactionSlots(
                "producer-service." + pipeline.environment() + "." + instance.name(),
                properties.poolSize(),
                new KafkaTransactionalProducers(template, properties.timeout()),
                delivery.closeTimeout(),
                metrics);
    }

    @Bean
    TransactionPublisher transactionPublisher(
            Admission admission,
            TransactionSlots slots,
            DeliveryMetrics events,
            TransactionMetrics metrics,
            TransactionsProperties properties,
            DeliveryProperties delivery) {
        return new TransactionPublisher(
                admission, slots, events, metrics, properties.maxWait(), delivery.deadline());
    }

    @Bean
    HealthIndicator transactionsHealthIndicator(TransactionSlots slots) {
        return new TransactionsHealthIndicator(slots);
    }
}
