package io.eventpipeline.producer.retries.ledger;

import io.eventpipeline.model.topic.PipelineTopic;
import io.eventpipeline.model.topic.TopicCatalogue;
import io.eventpipeline.model.topic.TopicDefinition;
import io.eventpipeline.producer.delivery.EventPublisher;
import io.eventpipeline.producer.instance.Instance;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.core.ConsumerFactory;

/** Puts the ledger together. */
@Configuration(proxyBeanMethods = false)
class LedgerConfiguration {

    @Bean
    LedgerIndex ledgerIndex(LedgerProperties properties, MeterRegistry registry) {
        LedgerIndex index = new LedgerIndex(properties.maxEntries(), properties.expiry());
        Gauge.builder("pipeline.producer.ledger.requests", index, LedgerIndex::size)
                .description("Requests that are remembered for their repeats")
                .register(registry);
        FunctionCounter.builder(
                        "pipeline.producer.ledger.forgotten.early", index, LedgerIndex::dropped)
                .description("Requests that were forgotten before their time, for want of room")
                .register(registry);
        return index;
    }

    @Bean
    AnswerCache answerCache(LedgerProperties properties) {
        return new AnswerCache(properties.answersInMemory().toBytes());
    }

    @Bean
    LedgerReader ledgerReader(
            ConsumerFactory<?, ?> template,
            TopicCatalogue catalogue,
            LedgerIndex index,
            AnswerCache cache) {
        TopicDefinition topic = catalogue.get(PipelineTopic.PRODUCER_REQUESTS);
        return new LedgerReader(
                consumers(template, "producer-service-ledger"),
                topic.name(),
                topic.partitions(),
                index,
                cache);
    }

    @Bean
    AnswerReader answerReader(ConsumerFactory<?, ?> template, TopicCatalogue catalogue) {
        return new AnswerReader(
                consumers(template, "producer-service-answers"),
                catalogue.name(PipelineTopic.PRODUCER_REQUESTS));
    }

    @Bean
    LedgerLifecycle ledgerLifecycle(LedgerReader reader, AnswerReader old) {
        return new LedgerLifecycle(reader, old);
    }

    @Bean
    RequestLedger requestLedger(
            TopicCatalogue catalogue,
            Instance instance,
            LedgerProperties properties,
            EventPublisher publisher,
            LedgerIndex index,
            AnswerCache cache,
            LedgerReader reader,
            AnswerReader old,
            Clock clock) {
        return new RequestLedger(
                catalogue.get(PipelineTopic.PRODUCER_REQUESTS),
                instance.name(),
                properties,
                publisher,
                index,
                cache,
                reader,
                old,
                clock);
    }

    @Bean
    HealthIndicator requestLedgerHealthIndicator(LedgerReader reader, LedgerIndex index) {
        return new LedgerHealthIndicator(reader, index);
    }

    private static Supplier<Consumer<byte[], byte[]>> consumers(
            ConsumerFactory<?, ?> template, String clientId) {
        Map<String, Object> config = new HashMap<>(template.getConfigurationProperties());
        config.put(ConsumerConfig.CLIENT_ID_CONFIG, clientId);
        config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        config.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        config.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, 4 * 1024 * 1024);
        config.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 5_000);
        config.put(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, 3_000);
        config.put(ConsumerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 500);
        config.remove(ConsumerConfig.GROUP_ID_CONFIG);
        return () ->
                new KafkaConsumer<>(
                        config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }
}
