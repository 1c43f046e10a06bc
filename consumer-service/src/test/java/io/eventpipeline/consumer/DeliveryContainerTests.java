package io.eventpipeline.consumer;

import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.EnabledIfDockerAvailable;
import org.testcontainers.junit.jupiter.Testcontainers;
import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.postgresql.PostgreSQLContainer;

/** The scenarios on the public images; skipped where no container engine answers. */
@EnabledIfDockerAvailable
@Testcontainers
class DeliveryContainerTests extends DeliveryScenarios {

    @Container private static final KafkaContainer KAFKA = new KafkaContainer("apache/kafka:4.2.1");

    @Container
    private static final PostgreSQLContainer POSTGRES =
            new PostgreSQLContainer("postgres:18")
                    .withDatabaseName("pipeline")
                    .withUsername("pipeline")
                    .withPassword("pipeline");

    @Override
    String bootstrapServers() {
        return KAFKA.getBootstrapServers();
    }

    @Override
    String jdbcUrl() {
        return POSTGRES.getJdbcUrl();
    }

    @Override
    String environment() {
        return "containers";
    }
}
