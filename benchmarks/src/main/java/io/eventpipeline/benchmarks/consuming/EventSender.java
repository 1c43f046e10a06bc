package io.eventpipeline.benchmarks.consuming;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.eventpipeline.benchmarks.processes.BenchmarkException;
import io.eventpipeline.model.cloudevents.CloudEventHeaders;
import io.eventpipeline.model.cloudevents.EventMetadata;
import io.eventpipeline.model.event.Event;
import io.eventpipeline.model.event.EventIdentity;
import io.eventpipeline.model.event.EventTypes;
import io.eventpipeline.model.topic.DeliveryProfile;
import io.eventpipeline.model.topic.PipelineTopic;
import io.eventpipeline.model.topic.TopicCatalogue;
import java.time.Instant;
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
 * Sends events as producer-service does, to their topics of the environment {@code dev}. What was
 * sent is stored when it is closed.
 */
public final class EventSender implements AutoCloseable {

    /** The environment of a run. */
    public static final TopicCatalogue TOPICS = new TopicCatalogue("dev");

    private static final int LINGER_MILLIS = 20;
    private static final int BATCH_BYTES = 128 << 10;

    private final KafkaProducer<byte[], byte[]> producer;
    private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();

    /** Connects. */
    public EventSender(String bootstrapServers) {
        Map<String, Object> settings = new HashMap<>(DeliveryProfile.CRITICAL.producerConfig());
        settings.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        settings.put(ProducerConfig.LINGER_MS_CONFIG, LINGER_MILLIS);
        settings.put(ProducerConfig.BATCH_SIZE_CONFIG, BATCH_BYTES);
        producer =
                new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /**
     * Sends an event.
     *
     * @param partition that of its key if none is given
     * @param id what its identity is made of: the same for a repeat
     * @param time the event's own
     * @param value its bytes, or other ones
     */
    public void send(
            PipelineTopic topic,
            @Nullable Integer partition,
            Event event,
            String id,
            Instant time,
            byte[] value) {
        RecordHeaders headers = new RecordHeaders();
        CloudEventHeaders.write(
                new EventMetadata(
                        new EventIdentity("/producer-service/orders", uuid(time, id)),
                        EventTypes.nameOf(event.getClass()),
                        time,
                        event.key(),
                        null),
                headers);
        var _ =
                producer.send(
                        new ProducerRecord<>(
                                TOPICS.name(topic),
                                partition,
                                event.key().getBytes(UTF_8),
                                value,
                                headers),
                        (_, e) -> {
                            if (e != null) {
                                failure.compareAndSet(null, e);
                            }
                        });
    }

    /** Ordered by time as the door's own ids are (UUID version 7), and the same for a repeat. */
    private static String uuid(Instant time, String id) {
        UUID random = UUID.nameUUIDFromBytes(id.getBytes(UTF_8));
        long high =
                (time.toEpochMilli() << 16) | 0x7000 | (random.getMostSignificantBits() & 0xFFF);
        return new UUID(high, random.getLeastSignificantBits()).toString();
    }

    /** Waits until all is stored. */
    @Override
    public void close() {
        producer.close();
        Exception first = failure.get();
        if (first != null) {
            throw new BenchmarkException("the events could not be sent", first);
        }
    }
}
