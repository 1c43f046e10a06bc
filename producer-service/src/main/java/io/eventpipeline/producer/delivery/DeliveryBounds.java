package io.eventpipeline.producer.delivery;

import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

/**
 * Refuses producer settings with which the service could not keep its bounds: 503 within 3 s if
 * nothing was sent, 504 within 10 s if the outcome is unknown.
 */
final class DeliveryBounds {

    private static final Duration LONGEST_BLOCK = Duration.ofMillis(2_500);
    private static final String PREFIX = "spring.kafka.producer.properties.";

    private DeliveryBounds() {}

    static void check(Map<String, Object> settings, Duration deadline) {
        ProducerConfig config = new ProducerConfig(settings);
        long block = config.getLong(ProducerConfig.MAX_BLOCK_MS_CONFIG);
        if (block > LONGEST_BLOCK.toMillis()) {
            throw refused(
                    ProducerConfig.MAX_BLOCK_MS_CONFIG,
                    block,
                    "must be at most "
                            + LONGEST_BLOCK.toMillis()
                            + " ms, because a sender is told"
                            + " within 3 s that nothing was sent");
        }
        long delivery = deliveryTimeout(settings).toMillis();
        if (block + delivery > deadline.toMillis()) {
            throw refused(
                    ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
                    delivery,
                    "must with max.block.ms ("
                            + block
                            + ") be at most"
                            + " pipeline.producer.delivery.deadline ("
                            + deadline.toMillis()
                            + " ms), or events are sent after their senders were answered");
        }
    }

    static int maxRequestSize(Map<String, Object> settings) {
        return new ProducerConfig(settings).getInt(ProducerConfig.MAX_REQUEST_SIZE_CONFIG);
    }

    static Duration deliveryTimeout(Map<String, Object> settings) {
        return Duration.ofMillis(
                new ProducerConfig(settings).getInt(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG));
    }

    private static InvalidConfigurationPropertyValueException refused(
            String setting, Object value, String reason) {
        return new InvalidConfigurationPropertyValueException(
                PREFIX + setting, value, setting + " " + reason);
    }
}
