package io.eventpipeline.producer.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventpipeline.model.topic.DeliveryProfile;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.errors.OutOfOrderSequenceException;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;

/** A producer that failed for good has a successor; no broker is needed to see it. */
class ProfileProducerTests {

    private final OutOfOrderSequenceException lost =
            new OutOfOrderSequenceException("lost its sequence");

    private final DefaultKafkaProducerFactory<String, String> template =
            new DefaultKafkaProducerFactory<>(
                    Map.of(
                            ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, "localhost:1",
                            ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, StringSerializer.class,
                            ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, StringSerializer.class,
                            ProducerConfig.ACKS_CONFIG, "1",
                            ProducerConfig.CLIENT_ID_CONFIG, "test"));

    private final ProfileProducer producer =
            new ProfileProducer(DeliveryProfile.CRITICAL, template, Duration.ofSeconds(1));

    @AfterEach
    void close() {
        producer.close();
    }

    @Test
    void putsTheProfileAboveTheSettings() {
        assertThat(producer.settings())
                .containsEntry(ProducerConfig.ACKS_CONFIG, "all")
                .containsEntry(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    }

    @Test
    void sharesOneProducerUntilItFailed() {
        Producer<byte[], byte[]> first = producer.get();
        assertThat(producer.get()).isSameAs(first);

        producer.replace(first, lost);

        assertThat(producer.get()).isNotSameAs(first);
    }

    @Test
    void doesNotReplaceASuccessorForTheFailureOfItsPredecessor() {
        Producer<byte[], byte[]> first = producer.get();
        producer.replace(first, lost);
        Producer<byte[], byte[]> second = producer.get();

        producer.replace(first, lost);

        assertThat(producer.get()).isSameAs(second);
    }

    @Test
    void doesNotMakeProducersInAStormOfFailures() {
        producer.replace(producer.get(), lost);
        Producer<byte[], byte[]> second = producer.get();

        producer.replace(second, lost);

        assertThat(producer.get()).isSameAs(second);
    }
}
