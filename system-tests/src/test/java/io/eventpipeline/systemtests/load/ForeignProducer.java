package io.eventpipeline.systemtests.load;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.eventpipeline.model.cloudevents.CloudEventHeaders;
import io.eventpipeline.model.cloudevents.EventMetadata;
import io.eventpipeline.model.commerce.OrderPlaced;
import io.eventpipeline.model.event.EventIdentity;
import io.eventpipeline.model.event.EventTypes;
import io.eventpipeline.model.json.EventJson;
import io.eventpipeline.model.topic.DeliveryProfile;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Writes second copies of orders straight to the topic, with the identity of the first: what a
 * client's retry across a crash leaves behind. Safe for use by several threads.
 */
public final class ForeignProducer implements AutoCloseable {

    /** The source that producer-service gives to what comes in by its door for orders. */
    private static final String SOURCE = "/producer-service/orders";

    private final KafkaProducer<byte[], byte[]> producer;
    private final AtomicInteger copies = new AtomicInteger();
    private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();

    /** Connects to the brokers. */
    public ForeignProducer(String bootstrapServers) {
        Map<String, Object> config = new HashMap<>(DeliveryProfile.CRITICAL.producerConfig());
        config.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        config.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 5_000);
        producer =
                new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /** Writes a copy, in the background. */
    void copy(SentOrder sent) {
        OrderPlaced order = sent.order();
        ProducerRecord<byte[], byte[]> record =
                new ProducerRecord<>(
                        sent.receipt().topic(),
                        order.key().getBytes(UTF_8),
                        EventJson.write(order));
        CloudEventHeaders.write(
                new EventMetadata(
                        new EventIdentity(SOURCE, sent.receipt().eventId()),
                        EventTypes.nameOf(OrderPlaced.class),
                        order.placedAt(),
                        order.key(),
                        null),
                record.headers());
        var _ =
                producer.send(
                        record,
                        (metadata, exception) -> {
                            if (exception == null) {
                                copies.incrementAndGet();
                            } else {
                                failure.compareAndSet(null, exception);
                            }
                        });
    }

    /** Waits until every copy is stored. */
    void flush() {
        producer.flush();
        Exception exception = failure.get();
        if (exception != null) {
            throw new IllegalStateException("a copy could not be written", exception);
        }
    }

    /** How many copies are stored. */
    public int copies() {
        return copies.get();
    }

    @Override
    public void close() {
        producer.close(Duration.ofSeconds(5));
    }
}
