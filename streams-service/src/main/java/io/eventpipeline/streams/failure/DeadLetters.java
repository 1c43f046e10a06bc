package io.eventpipeline.streams.failure;

import io.eventpipeline.model.cloudevents.CloudEventHeaders;
import io.eventpipeline.model.topic.TopicCatalogue;
import io.eventpipeline.model.topic.TopicDefinition;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the dead letters of records that no topology can use: to {@code <topic>-dlt}, into the
 * partition of the record, with key, value, headers and timestamp as they were and the reason in
 * the headers of {@link LetterHeaders}. A letter is part of the transaction of its record
 * (KIP-1034), so it is there once, like a result. Counted as {@code pipeline.streams.dead-letters}
 * by {@code topic} and {@code exception}. Thread-safe.
 */
public final class DeadLetters {

    /**
     * The handlers, which Kafka Streams makes by class name, find their instance under this key.
     */
    public static final String CONFIG_KEY = "pipeline.dead-letters";

    private static final Logger log = LoggerFactory.getLogger(DeadLetters.class);

    private final TopicCatalogue topics;
    private final MeterRegistry registry;

    /** Creates the writer of one environment's dead letters. */
    public DeadLetters(TopicCatalogue topics, MeterRegistry registry) {
        this.topics = topics;
        this.registry = registry;
    }

    static DeadLetters of(Map<String, ?> configs) {
        if (configs.get(CONFIG_KEY) instanceof DeadLetters deadLetters) {
            return deadLetters;
        }
        throw new IllegalStateException(
                "Kafka Streams was configured without " + CONFIG_KEY + ": see StreamsSettings");
    }

    /** A record that cannot be read in a place that has no way to write letters. */
    public void withoutLetter(String topic, Throwable failure) {
        count(topic, failure);
        log.warn("Skipped a record without a letter: {}", failure.getMessage());
    }

    /** The letter of the record in hand; none if its topic has no dead-letter topic. */
    List<ProducerRecord<byte[], byte[]>> letterOf(
            ErrorHandlerContext context,
            byte @Nullable [] key,
            byte @Nullable [] value,
            Throwable failure) {
        String topic = context.topic();
        if (topic == null || topics.find(topic + TopicDefinition.DEAD_LETTER_SUFFIX).isEmpty()) {
            return List.of();
        }
        Headers headers = new RecordHeaders(context.headers().toArray());
        count(topic, failure);
        log.warn(
                "Dead letter: topic {}, partition {}, offset {}, event {}: {}",
                topic,
                context.partition(),
                context.offset(),
                CloudEventHeaders.identityOf(headers, topic, context.partition(), context.offset()),
                failure.getMessage());
        LetterHeaders.write(headers, failure, topic, context.partition(), context.offset());
        return List.of(
                new ProducerRecord<>(
                        topic + TopicDefinition.DEAD_LETTER_SUFFIX,
                        context.partition(),
                        context.timestamp(),
                        key,
                        value,
                        headers));
    }

    private void count(String topic, Throwable failure) {
        registry.counter(
                        "pipeline.streams.dead-letters",
                        "topic",
                        topic,
                        "exception",
                        failure.getClass().getSimpleName())
                .increment();
    }
}
