package io.eventpipeline.producer.delivery;

import io.eventpipeline.model.topic.DeliveryProfile;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;

/**
 * The producer of one delivery profile: made when first used, and anew after it failed for good.
 * Thread-safe.
 */
final class ProfileProducer {

    /** A producer that fails again at once is not replaced more often than this. */
    private static final Duration REPLACEMENT_PAUSE = Duration.ofSeconds(1);

    private static final Logger log = LoggerFactory.getLogger(ProfileProducer.class);

    private final DeliveryProfile profile;
    private final DefaultKafkaProducerFactory<?, ?> template;
    private final int closeTimeoutSeconds;
    private final AtomicReference<@Nullable Generation> current = new AtomicReference<>();
    private int generations;
    private long replacedAt = System.nanoTime() - REPLACEMENT_PAUSE.toNanos();

    /**
     * A producer and the factory that made it and nothing else, so that it can be ended while its
     * successor works.
     */
    private record Generation(
            DefaultKafkaProducerFactory<byte[], byte[]> factory,
            Producer<byte[], byte[]> producer) {}

    /**
     * Remembers how to make it.
     *
     * @param template Boot's factory, with connection, security, metrics and {@code
     *     spring.kafka.producer}; the profile's own settings win over it
     * @param closeTimeout how long it may go on sending when it is closed
     */
    ProfileProducer(
            DeliveryProfile profile,
            DefaultKafkaProducerFactory<?, ?> template,
            Duration closeTimeout) {
        this.profile = profile;
        this.template = template;
        this.closeTimeoutSeconds = (int) closeTimeout.toSeconds();
    }

    /** The settings that it is made with. */
    Map<String, Object> settings() {
        Map<String, Object> settings = new HashMap<>(template.getConfigurationProperties());
        settings.putAll(profile.producerConfig());
        settings.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
        settings.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
        return settings;
    }

    /**
     * The producer; it is not its users who close it.
     *
     * @throws org.apache.kafka.common.KafkaException if it cannot be made, such as when no
     *     bootstrap server has an address
     */
    Producer<byte[], byte[]> get() {
        Generation generation = current.get();
        return generation == null ? make() : generation.producer();
    }

    @SuppressWarnings("unchecked") // The serializers in the settings make it true.
    private synchronized Producer<byte[], byte[]> make() {
        Generation generation = current.get();
        if (generation == null) {
            Map<String, Object> settings = settings();
            settings.put(ProducerConfig.CLIENT_ID_CONFIG, clientId(settings, generations + 1));
            var factory =
                    (DefaultKafkaProducerFactory<byte[], byte[]>)
                            template.copyWithConfigurationOverride(settings);
            factory.setBeanName("delivery");
            factory.setPhysicalCloseTimeout(closeTimeoutSeconds);
            generation = new Generation(factory, factory.createProducer());
            generations++;
            current.set(generation);
        }
        return generation.producer();
    }

    /** Two producers with one id would share their metrics, and the end of one would end both. */
    private String clientId(Map<String, Object> settings, int generation) {
        String id =
                settings.getOrDefault(ProducerConfig.CLIENT_ID_CONFIG, "producer-service")
                        + "-"
                        + profile.name().toLowerCase(Locale.ROOT);
        return generation == 1 ? id : id + "-" + generation;
    }

    /**
     * Takes a producer that failed for good out of use; the next event gets a new one. Returns at
     * once: what the old one still holds is finished in the background.
     */
    synchronized void replace(Producer<byte[], byte[]> failed, Exception failure) {
        Generation generation = current.get();
        if (generation == null
                || !generation.producer().equals(failed)
                || System.nanoTime() - replacedAt < REPLACEMENT_PAUSE.toNanos()) {
            return;
        }
        log.warn("The producer of profile {} failed for good and is replaced", profile, failure);
        replacedAt = System.nanoTime();
        current.set(null);
        Thread.ofVirtual().name("producer-end").start(generation.factory()::destroy);
    }

    /** The free share of the buffer, 0 to 1; empty while there is no producer. */
    OptionalDouble bufferFree() {
        Generation generation = current.get();
        if (generation == null) {
            return OptionalDouble.empty();
        }
        Producer<byte[], byte[]> producer = generation.producer();
        double total = metric(producer, "buffer-total-bytes");
        return total > 0
                ? OptionalDouble.of(metric(producer, "buffer-available-bytes") / total)
                : OptionalDouble.empty();
    }

    private static double metric(Producer<byte[], byte[]> producer, String name) {
        return producer.metrics().entrySet().stream()
                .filter(entry -> isNamed(entry.getKey(), name))
                .findAny()
                .map(entry -> entry.getValue().metricValue())
                .map(value -> value instanceof Number number ? number.doubleValue() : 0.0)
                .orElse(0.0);
    }

    private static boolean isNamed(MetricName metric, String name) {
        return metric.group().equals("producer-metrics") && metric.name().equals(name);
    }

    /** Sends what it holds, within the close time-out, and ends it. */
    void close() {
        Generation generation = current.getAndSet(null);
        if (generation != null) {
            generation.factory().destroy();
        }
    }
}
