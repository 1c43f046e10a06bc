package io.eventpipeline.connect;

import java.time.Duration;
import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.EnabledIfDockerAvailable;
import org.testcontainers.junit.jupiter.Testcontainers;
import org.testcontainers.kafka.KafkaContainer;

/** On the public broker image; skipped where no container engine answers. */
@EnabledIfDockerAvailable
@Testcontainers
class ConnectContainerTests extends ConnectScenarios {

    private static final Duration PATIENCE = Duration.ofMinutes(4);

    @Container
    private static final KafkaContainer KAFKA =
            new KafkaContainer("apache/kafka:4.2.1").withStartupTimeout(PATIENCE);

    @Override
    String bootstrapServers() {
        return KAFKA.getBootstrapServers();
    }
}
