package io.eventpipeline.consumer.deadletters;

import io.eventpipeline.model.topic.DeliveryProfile;
import io.eventpipeline.model.topic.TopicDefinition;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.core.ProducerFactory;
import org.springframework.stereotype.Component;

/**
 * The producer for records that leave their topic because they failed: bytes, acks=all, idempotent,
 * at once, and answered within a bound. Thread-safe.
 */
@Component
public final class LetterProducer implements DisposableBean {

    /**
     * How long a send may take. Shorter than a transaction may idle in the database, because dead
     * letters are sent within one.
     */
    public static final Duration TIMEOUT = Duration.ofSeconds(8);

    private final DefaultKafkaProducerFactory<Object, Object> producers;
    private final KafkaTemplate<Object, Object> template;

    LetterProducer(ProducerFactory<?, ?> defaults) {
        Map<String, Object> config = new HashMap<>(defaults.getConfigurationProperties());
        config.putAll(DeliveryProfile.CRITICAL.producerConfig());
        config.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
        config.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
        config.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, TopicDefinition.MAX_DEAD_LETTER_BYTES);
        config.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        config.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 3_000);
        config.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 3_000);
        config.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, (int) TIMEOUT.toMillis());
        producers = new DefaultKafkaProducerFactory<>(config);
        template = new KafkaTemplate<>(producers);
    }

    /** Sends. */
    public KafkaTemplate<Object, Object> template() {
        return template;
    }

    @Override
    public void destroy() {
        producers.destroy();
    }
}
