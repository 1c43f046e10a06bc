package io.eventpipeline.producer.delivery.transactions;

import io.eventpipeline.model.topic.DeliveryProfile;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;
import org.springframework.kafka.core.ProducerFactory.Listener;

/**
 * Makes Kafka's own producers with the connection, security and metrics of Boot's factory and the
 * settings of the profile {@code critical}: a transaction is stored by all in-sync replicas,
 * whatever its topics would be content with. Thread-safe.
 */
final class KafkaTransactionalProducers implements TransactionalProducers {

    private final DefaultKafkaProducerFactory<?, ?> template;
    private final Duration timeout;

    KafkaTransactionalProducers(DefaultKafkaProducerFactory<?, ?> template, Duration timeout) {
        this.template = template;
        this.timeout = timeout;
    }

    private Map<String, Object> settings(String transactionalId) {
        Map<String, Object> settings = new HashMap<>(template.getConfigurationProperties());
        settings.putAll(DeliveryProfile.CRITICAL.producerConfig());
        settings.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
        settings.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
        settings.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, transactionalId);
        settings.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, (int) timeout.toMillis());
        settings.put(
                ProducerConfig.CLIENT_ID_CONFIG,
                settings.getOrDefault(ProducerConfig.CLIENT_ID_CONFIG, "producer-service")
                        + "-transactions"
                        + transactionalId.substring(transactionalId.lastIndexOf('.')));
        return settings;
    }

    @Override
    public Producer<byte[], byte[]> create(String transactionalId) {
        Producer<byte[], byte[]> producer = new KafkaProducer<>(settings(transactionalId));
        listeners().forEach(listener -> listener.producerAdded(transactionalId, producer));
        return producer;
    }

    @Override
    public void closed(String transactionalId, Producer<byte[], byte[]> producer) {
        listeners().forEach(listener -> listener.producerRemoved(transactionalId, producer));
    }

    @SuppressWarnings("unchecked") // They only look at the producer's metrics.
    private List<Listener<byte[], byte[]>> listeners() {
        return ((DefaultKafkaProducerFactory<byte[], byte[]>) template).getListeners();
    }
}
