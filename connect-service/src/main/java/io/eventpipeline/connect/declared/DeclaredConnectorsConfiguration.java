package io.eventpipeline.connect.declared;

import io.eventpipeline.connect.rest.ConnectRestClient;
import io.eventpipeline.connect.worker.WorkerAccess;
import io.eventpipeline.model.topic.TopicCatalogue;
import io.eventpipeline.starter.kafka.KafkaAvailability;
import java.time.Clock;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** Reads the declarations when the service starts; a wrong one of a folder is only reported. */
@Configuration(proxyBeanMethods = false)
class DeclaredConnectorsConfiguration {

    @Bean
    DeclaredConnectors declaredConnectors(
            DeclaredProperties properties,
            TopicCatalogue topics,
            Environment environment,
            WorkerAccess worker,
            KafkaAvailability brokers,
            ConnectRestClient rest) {
        return new DeclaredConnectors(
                new DeclarationFolder(
                        new DeclarationReader(topics, environment),
                        properties.builtIn(),
                        properties.folder()),
                worker,
                brokers,
                rest,
                properties,
                Clock.systemUTC());
    }

    @Bean
    HealthIndicator declaredConnectorsHealthIndicator(DeclaredConnectors declared) {
        return new DeclaredConnectorsHealthIndicator(declared);
    }
}
