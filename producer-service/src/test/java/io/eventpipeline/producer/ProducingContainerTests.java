package io.eventpipeline.producer;

import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.EnabledIfDockerAvailable;
import org.testcontainers.junit.jupiter.Testcontainers;
import org.testcontainers.kafka.KafkaContainer;

/** On the public broker image; skipped where no container engine answers. */
@EnabledIfDockerAvailable
@Testcontainers
class ProducingContainerTests extends ProducingScenarios {

    @Container private static final KafkaContainer KAFKA = new KafkaContainer("apache/kafka:4.2.1");

    @Override
    String bootstrapServers() {
        return KAFKA.getBootstrapServers();
    }
}
