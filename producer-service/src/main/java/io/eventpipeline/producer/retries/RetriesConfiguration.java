package io.eventpipeline.producer.retries;

import io.eventpipeline.producer.delivery.EventPublisher;
import io.eventpipeline.producer.delivery.transactions.TransactionPublisher;
import io.eventpipeline.producer.retries.ledger.RequestLedger;
import io.eventpipeline.starter.kafka.KafkaAvailability;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

/** Puts the safe retries together. */
@Configuration(proxyBeanMethods = false)
class RetriesConfiguration {

    /** For the answer to be kept, beside the deadline of the work. */
    private static final Duration ROUNDING_UP = Duration.ofMillis(500);

    @Bean
    AnswerForms answerForms(JsonMapper json) {
        return new AnswerForms(json);
    }

    @Bean
    BackgroundWork backgroundWork(
            BackgroundProperties properties, EventPublisher publisher, MeterRegistry registry) {
        BackgroundWork background =
                new BackgroundWork(
                        properties.maxRequests(),
                        properties.maxBytes().toBytes(),
                        publisher.deadline().plus(ROUNDING_UP));
        Gauge.builder("pipeline.producer.background.requests", background, BackgroundWork::inFlight)
                .description("Requests that were answered with 202 and are worked on")
                .register(registry);
        return background;
    }

    @Bean
    SafeRetries safeRetries(
            RequestLedger ledger,
            KafkaAvailability kafka,
            BackgroundWork background,
            AnswerForms forms,
            EventPublisher publisher) {
        return new SafeRetries(ledger, kafka, background, forms, publisher.deadline());
    }

    @Bean
    AtomicRetries atomicRetries(SafeRetries retries, TransactionPublisher transactions) {
        return new AtomicRetries(retries, transactions);
    }
}
