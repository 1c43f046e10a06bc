package io.eventpipeline.consumer.deadletters;

import io.eventpipeline.consumer.intake.ReadRecord.Poison;
import io.eventpipeline.model.topic.DeliveryProfile;
import io.eventpipeline.model.topic.TopicDefinition;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.core.ProducerFactory;
import org.springframework.stereotype.Component;

/**
 * Sends dead letters: to {@code <topic>-dlt}, same partition, with key, value, headers and
 * timestamp of the record and the failure in spring-kafka's {@code kafka_dlt-*} headers; acks=all,
 * idempotent. Returns when all are confirmed, so a record may be passed afterwards. A crash before
 * it is passed sends it again: at least once, told apart by source topic, partition and offset.
 * Thread-safe.
 */
@Component
public final class DeadLetterPublisher implements DisposableBean {

    /** How the headers begin that letters have beside those of spring-kafka. */
    public static final String HEADER_PREFIX = "pipeline_dlt-";

    /** Why the record cannot be processed, as a word of a small set: the metric's tag. */
    public static final String REASON = HEADER_PREFIX + "reason";

    /** Says that the value was left out because the letter would have been too large. */
    public static final String VALUE_OMITTED = HEADER_PREFIX + "value-omitted";

    /** Shorter than a transaction may idle in the database, because it is sent within one. */
    private static final Duration TIMEOUT = Duration.ofSeconds(8);

    private final DefaultKafkaProducerFactory<Object, Object> producers;
    private final KafkaTemplate<Object, Object> template;

    DeadLetterPublisher(ProducerFactory<?, ?> defaults) {
        Map<String, Object> config = new HashMap<>(DeliveryProfile.CRITICAL.producerConfig());
        config.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
        config.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
        config.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, TopicDefinition.MAX_DEAD_LETTER_BYTES);
        config.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        config.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 3_000);
        config.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 3_000);
        config.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, (int) TIMEOUT.toMillis());
        Map<String, Object> merged = new HashMap<>(defaults.getConfigurationProperties());
        merged.putAll(config);
        producers = new DefaultKafkaProducerFactory<>(merged);
        template = new KafkaTemplate<>(producers);
    }

    /** The topic for the dead letters of a topic. */
    public static String topicFor(String topic) {
        return topic + TopicDefinition.DEAD_LETTER_SUFFIX;
    }

    /**
     * Sends letters and waits for all of them.
     *
     * @param group the group that could not process them
     * @throws DeadLetterNotStoredException if one is not confirmed in time
     */
    public void publish(String group, List<Poison> letters) {
        if (letters.isEmpty()) {
            return;
        }
        DeadLetterRecoverer recoverer = new DeadLetterRecoverer(template, group);
        letters.forEach(letter -> recoverer.accept(letter.source(), null, letter.cause()));
        for (int i = 0; i < letters.size(); i++) {
            await(group, recoverer.sent().get(i), letters.get(i));
        }
    }

    @Override
    public void destroy() {
        producers.destroy();
    }

    private void await(String group, CompletableFuture<?> sent, Poison letter) {
        try {
            sent.get(TIMEOUT.plusSeconds(1).toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw notStored(letter, e);
        } catch (ExecutionException e) {
            for (Throwable cause = e; cause != null; cause = cause.getCause()) {
                if (cause instanceof RecordTooLargeException) {
                    publishWithoutValue(group, letter);
                    return;
                }
            }
            throw notStored(letter, e);
        } catch (TimeoutException e) {
            throw notStored(letter, e);
        }
    }

    /**
     * The headers of the failure can make a record too large that was not. Its position is in them,
     * so that its value can be had from the topic as long as that keeps it.
     */
    private void publishWithoutValue(String group, Poison letter) {
        DeadLetterRecoverer recoverer = new DeadLetterRecoverer(template, group).withoutValue();
        recoverer.accept(letter.source(), null, letter.cause());
        try {
            recoverer
                    .sent()
                    .getFirst()
                    .get(TIMEOUT.plusSeconds(1).toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw notStored(letter, e);
        } catch (ExecutionException | TimeoutException e) {
            throw notStored(letter, e);
        }
    }

    private static DeadLetterNotStoredException notStored(Poison letter, Exception cause) {
        return new DeadLetterNotStoredException(
                "The dead letter of %s-%d@%d was not confirmed"
                        .formatted(
                                letter.source().topic(),
                                letter.source().partition(),
                                letter.source().offset()),
                cause);
    }
}
