package io.eventpipeline.connect.worker;

import io.eventpipeline.connect.safety.SafetyProperties;
import io.eventpipeline.model.topic.DeliveryProfile;
import io.eventpipeline.model.topic.PipelineTopic;
import io.eventpipeline.model.topic.TopicCatalogue;
import io.eventpipeline.model.topic.TopicDefinition;
import io.eventpipeline.starter.settings.PipelineProperties;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.common.config.TopicConfig;
import org.jspecify.annotations.Nullable;

/**
 * Translates the service's settings into those of a Kafka Connect worker.
 *
 * @param connect the service's own settings
 * @param safety what connectors may not do
 * @param pipeline the settings that all services share
 * @param catalogue the topics, the worker's own among them
 * @param clientProperties what every Kafka client needs to reach the brokers: bootstrap servers,
 *     security
 */
record WorkerSettings(
        ConnectProperties connect,
        SafetyProperties safety,
        PipelineProperties pipeline,
        TopicCatalogue catalogue,
        Map<String, Object> clientProperties) {

    /** Connect hands its clients only what is set under these prefixes. */
    private static final List<String> CLIENTS = List.of("", "producer.", "consumer.", "admin.");

    private static final List<String> ANY_INTERFACE = List.of("0.0.0.0", "::", "[::]");

    Map<String, String> toMap() {
        Map<String, String> settings = new LinkedHashMap<>();
        CLIENTS.forEach(prefix ->
                clientProperties.forEach(
                        (name, value) -> settings.put(prefix + name, text(value))));
        settings.put("group.id", WorkerGroupName.of(pipeline.environment()).value());
        // After a worker was lost, its tasks move after this long; Kafka's default is 5 minutes.
        settings.put("scheduled.rebalance.max.delay.ms", "10000");
        putTopics(settings);
        putRestApi(settings);
        putPlugins(settings);
        putDelivery(settings);
        putSafety(settings);
        return settings;
    }

    private void putTopics(Map<String, String> settings) {
        putTopic(settings, "config.storage", catalogue.get(PipelineTopic.CONNECT_CONFIGS));
        putTopic(settings, "offset.storage", catalogue.get(PipelineTopic.CONNECT_OFFSETS));
        putTopic(settings, "status.storage", catalogue.get(PipelineTopic.CONNECT_STATUS));
        // Kafka Connect knows no other number for this topic and has no setting for it.
        settings.remove("config.storage.partitions");
    }

    /** As the provisioner makes them, should the worker be the first to need them. */
    private void putTopic(Map<String, String> settings, String store, TopicDefinition topic) {
        settings.put(store + ".topic", topic.name());
        settings.put(store + ".partitions", Integer.toString(topic.partitions()));
        settings.put(store + ".replication.factor", Integer.toString(pipeline.replicationFactor()));
        settings.put(
                store + "." + TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG,
                Integer.toString(TopicDefinition.minInSyncReplicas(pipeline.replicationFactor())));
    }

    private void putRestApi(Map<String, String> settings) {
        settings.put(
                "listeners", "http://%s:%d".formatted(pipeline.bindAddress(), connect.restPort()));
        String advertised = advertisedHost();
        if (advertised != null) {
            settings.put("rest.advertised.host.name", advertised);
        }
    }

    private @Nullable String advertisedHost() {
        if (connect.advertisedHost() != null) {
            return connect.advertisedHost();
        }
        if (!ANY_INTERFACE.contains(pipeline.bindAddress())) {
            return null;
        }
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            throw new IllegalStateException(
                    "The machine's name is unknown; set pipeline.connect.advertised-host", e);
        }
    }

    private void putPlugins(Map<String, String> settings) {
        settings.put("plugin.path", absolute(connect.pluginPath()));
        settings.put("plugin.discovery", connect.pluginDiscovery().name().toLowerCase(Locale.ROOT));
        // What a connector's configuration does not say itself; the events of the pipeline need no
        // more.
        settings.put("key.converter", "org.apache.kafka.connect.storage.StringConverter");
        settings.put("value.converter", "org.apache.kafka.connect.json.JsonConverter");
        settings.put("value.converter.schemas.enable", "false");
    }

    private static void putDelivery(Map<String, String> settings) {
        settings.put("exactly.once.source.support", "enabled");
        settings.put("consumer.isolation.level", "read_committed");
        // Connect switches idempotence off, for the sake of brokers older than 2.8.
        DeliveryProfile.CRITICAL
                .producerConfig()
                .forEach((name, value) -> settings.put("producer." + name, value.toString()));
    }

    private void putSafety(Map<String, String> settings) {
        // Client overrides have been ways to run foreign code (CVE-2023-25194, CVE-2025-27818).
        settings.put(
                "connector.client.config.override.policy",
                safety.clientOverrides().isEmpty() ? "None" : "Allowlist");
        if (!safety.clientOverrides().isEmpty()) {
            settings.put(
                    "connector.client.config.override.allowlist",
                    String.join(",", safety.clientOverrides()));
        }
        settings.put("config.providers", connect.secrets() == null ? "env" : "env,file,directory");
        putProvider(settings, "env", "EnvVarConfigProvider");
        settings.put("config.providers.env.param.allowlist.pattern", safety.environmentVariables());
        if (connect.secrets() != null) {
            for (String provider : List.of("file", "directory")) {
                settings.put(
                        "config.providers.%s.param.allowed.paths".formatted(provider),
                        absolute(connect.secrets()));
            }
            putProvider(settings, "file", "FileConfigProvider");
            putProvider(settings, "directory", "DirectoryConfigProvider");
        }
    }

    private static void putProvider(Map<String, String> settings, String name, String className) {
        settings.put(
                "config.providers.%s.class".formatted(name),
                "org.apache.kafka.common.config.provider." + className);
    }

    private static String text(Object value) {
        return value instanceof Collection<?> several
                ? several.stream().map(String::valueOf).collect(Collectors.joining(","))
                : value.toString();
    }

    private static String absolute(Path path) {
        return path.toAbsolutePath().normalize().toString();
    }
}
