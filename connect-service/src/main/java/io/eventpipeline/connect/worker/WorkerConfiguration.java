package io.eventpipeline.connect.worker;

import io.eventpipeline.connect.safety.ConnectorRules;
import io.eventpipeline.connect.safety.FileFolder;
import io.eventpipeline.connect.safety.SafetyProperties;
import io.eventpipeline.connect.safety.Secrets;
import io.eventpipeline.model.topic.TopicCatalogue;
import io.eventpipeline.starter.kafka.KafkaAvailability;
import io.eventpipeline.starter.settings.PipelineProperties;
import io.eventpipeline.starter.topics.TopicProvisioning;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.core.KafkaAdmin;

/** Puts the worker together. */
@Configuration(proxyBeanMethods = false)
class WorkerConfiguration {

    @Bean
    WorkerSettings workerSettings(
            ConnectProperties connect,
            SafetyProperties safety,
            PipelineProperties pipeline,
            TopicCatalogue catalogue,
            KafkaAdmin kafkaAdmin) {
        Map<String, Object> client = new HashMap<>(kafkaAdmin.getConfigurationProperties());
        // Each of the worker's clients has a name of its own.
        client.remove(CommonClientConfigs.CLIENT_ID_CONFIG);
        return new WorkerSettings(connect, safety, pipeline, catalogue, client);
    }

    @Bean
    WorkerGroupName workerGroupName(PipelineProperties pipeline) {
        return WorkerGroupName.of(pipeline.environment());
    }

    @Bean
    WorkerLifecycle workerLifecycle(
            KafkaAvailability brokers, TopicProvisioning topics, WorkerSettings settings) {
        return new WorkerLifecycle(
                brokers,
                topics,
                settings,
                new ConnectorRules(settings.safety(), new FileFolder(settings.connect().files())),
                new Secrets(settings.safety()),
                new PluginFolders(settings.connect().pluginPath()));
    }

    @Bean
    HealthIndicator workerHealthIndicator(WorkerAccess worker) {
        return new WorkerHealthIndicator(worker);
    }
}
