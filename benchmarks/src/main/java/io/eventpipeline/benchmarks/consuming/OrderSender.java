package io.eventpipeline.benchmarks.consuming;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.eventpipeline.benchmarks.processes.BenchmarkException;
import io.eventpipeline.model.cloudevents.CloudEventHeaders;
import io.eventpipeline.model.cloudevents.EventMetadata;
import io.eventpipeline.model.commerce.OrderPlaced;
import io.eventpipeline.model.event.EventIdentity;
import io.eventpipeline.model.event.EventTypes;
import io.eventpipeline.model.json.EventJson;
import io.eventpipeline.model.topic.DeliveryProfile;
import io.eventpipeline.model.topic.PipelineTopic;
import io.eventpipeline.model.topic.TopicCatalogue;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Sends orders as producer-service does, to their topic of the environment {@code dev}. What was
 * sent is stored when it is closed.
 */
public final class OrderSender implements AutoCloseable {

    /** The topic, which consumer-service makes when it starts. */
    public static final String TOPIC = new TopicCatalogue("dev").name(PipelineTopic.ORDER_PLACED);

    private static final int LINGER_MILLIS = 20;
    private static final int BATCH_BYTES = 128 << 10;

    private final KafkaProducer<byte[], byte[]> producer;
    private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();

    /** Connects. */
    public OrderSender(String bootstrapServers) {
        Map<String, Object> settings = new HashMap<>(DeliveryProfile.CRITICAL.producerConfig());
        settings.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        settings.put(ProducerConfig.LINGER_MS_CONFIG, LINGER_MILLIS);
        settings.put(ProducerConfig.BATCH_SIZE_CONFIG, BATCH_BYTES);
        producer =
                new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /** Sends an order, to the partition of its customer if none is given. */
    public void send(OrderPlaced order, @Nullable Integer partition) {
        send(order, partition, EventJson.write(order));
    }

    /** Sends other bytes than an order's own. */
    public void send(OrderPlaced order, @Nullable Integer partition, byte[] value) {
        RecordHeaders headers = new RecordHeaders();
        CloudEventHeaders.write(
                new EventMetadata(
                        new EventIdentity("/producer-service/orders", id(order)),
                        EventTypes.nameOf(OrderPlaced.class),
                        order.placedAt(),
                        order.key(),
                        null),
                headers);
        var _ =
                producer.send(
                        new ProducerRecord<>(
                                TOPIC, partition, order.key().getBytes(UTF_8), value, headers),
                        (_, e) -> {
                            if (e != null) {
                                failure.compareAndSet(null, e);
                            }
                        });
    }

    /** Ordered by time as the door's own ids are (UUID version 7), and the same for a repeat. */
    private static String id(OrderPlaced order) {
        UUID random = UUID.nameUUIDFromBytes(order.orderId().value().getBytes(UTF_8));
        long high =
                (order.placedAt().toEpochMilli() << 16)
                        | 0x7000
                        | (random.getMostSignificantBits() & 0xFFF);
        return new UUID(high, random.getLeastSignificantBits()).toString();
    }

    /** Waits until all is stored. */
    @Override
    public void close() {
        producer.close();
        Exception first = failure.get();
        if (first != null) {
            throw new BenchmarkException("the orders could not be sent", first);
        }
    }
}
