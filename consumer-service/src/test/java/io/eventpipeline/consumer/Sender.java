package io.eventpipeline.consumer;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.eventpipeline.model.cloudevents.CloudEventHeaders;
import io.eventpipeline.model.cloudevents.EventMetadata;
import io.eventpipeline.model.event.Event;
import io.eventpipeline.model.event.EventIdentity;
import io.eventpipeline.model.event.EventTypes;
import io.eventpipeline.model.json.EventJson;
import io.eventpipeline.model.topic.DeliveryProfile;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** Writes records as producer-service does, and as it never would. */
public final class Sender implements AutoCloseable {

    private final KafkaProducer<byte[], byte[]> producer;

    /**
     * Creates a sender.
     *
     * @param transactionalId for a sender that writes transactions
     */
    public Sender(String bootstrapServers, @Nullable String transactionalId) {
        Map<String, Object> config = new HashMap<>(DeliveryProfile.CRITICAL.producerConfig());
        config.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        config.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        if (transactionalId != null) {
            config.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, transactionalId);
        }
        producer =
                new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
        if (transactionalId != null) {
            producer.initTransactions();
        }
    }

    /** Sends an event with an identity, to the partition of its key or a given one. */
    public RecordMetadata send(
            String topic, @Nullable Integer partition, String eventId, Event event) {
        RecordHeaders headers = new RecordHeaders();
        CloudEventHeaders.write(
                new EventMetadata(
                        new EventIdentity("/test", eventId),
                        EventTypes.nameOf(event.getClass()),
                        null,
                        event.key(),
                        null),
                headers);
        return await(
                new ProducerRecord<>(
                        topic,
                        partition,
                        event.key().getBytes(UTF_8),
                        EventJson.write(event),
                        headers));
    }

    /** Sends an event to the partition of its key. */
    public RecordMetadata send(String topic, String eventId, Event event) {
        return send(topic, null, eventId, event);
    }

    /** Sends any bytes, without headers. */
    public RecordMetadata sendBytes(
            String topic, int partition, String key, byte @Nullable [] value) {
        return await(new ProducerRecord<>(topic, partition, key.getBytes(UTF_8), value));
    }

    /** The producer, for transactions. */
    public KafkaProducer<byte[], byte[]> producer() {
        return producer;
    }

    @Override
    public void close() {
        producer.close(Duration.ofSeconds(5));
    }

    /** Sends any record. */
    public RecordMetadata await(ProducerRecord<byte[], byte[]> message) {
        try {
            return producer.send(message).get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
