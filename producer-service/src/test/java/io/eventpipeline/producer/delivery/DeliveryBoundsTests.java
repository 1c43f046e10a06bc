package io.eventpipeline.producer.delivery;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

/** Settings with which senders would wait too long stop the service at its start. */
class DeliveryBoundsTests {

    private static final Duration DEADLINE = Duration.ofMillis(9_500);

    private static Map<String, Object> settings(int maxBlock, int deliveryTimeout) {
        Map<String, Object> settings = new HashMap<>();
        settings.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, "localhost:9092");
        settings.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, StringSerializer.class);
        settings.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, StringSerializer.class);
        settings.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 3_000);
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, maxBlock);
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, deliveryTimeout);
        return settings;
    }

    @Test
    void letsBoundsThroughThatFitTheDeadline() {
        assertThatCode(() -> DeliveryBounds.check(settings(1_000, 8_500), DEADLINE))
                .doesNotThrowAnyException();
    }

    @Test
    void namesTheSettingThatWouldMakeSendersWait() {
        assertThatExceptionOfType(InvalidConfigurationPropertyValueException.class)
                .isThrownBy(() -> DeliveryBounds.check(settings(60_000, 8_000), DEADLINE))
                .withMessageContaining("max.block.ms");
        assertThatExceptionOfType(InvalidConfigurationPropertyValueException.class)
                .isThrownBy(() -> DeliveryBounds.check(settings(1_000, 8_501), DEADLINE))
                .withMessageContaining("delivery.timeout.ms");
    }
}
