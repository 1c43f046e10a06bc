package io.eventpipeline.connect.worker;

import io.eventpipeline.connect.safety.ConfinedHerder;
import io.eventpipeline.connect.safety.ConnectorRules;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.connect.connector.policy.ConnectorClientConfigOverridePolicy;
import org.apache.kafka.connect.json.JsonConverter;
import org.apache.kafka.connect.json.JsonConverterConfig;
import org.apache.kafka.connect.runtime.Worker;
import org.apache.kafka.connect.runtime.WorkerConfig;
import org.apache.kafka.connect.runtime.WorkerConfigTransformer;
import org.apache.kafka.connect.runtime.distributed.DistributedConfig;
import org.apache.kafka.connect.runtime.isolation.Plugins;
import org.apache.kafka.connect.runtime.rest.RestClient;
import org.apache.kafka.connect.storage.Converter;
import org.apache.kafka.connect.storage.KafkaConfigBackingStore;
import org.apache.kafka.connect.storage.KafkaOffsetBackingStore;
import org.apache.kafka.connect.storage.KafkaStatusBackingStore;
import org.apache.kafka.connect.util.ConnectUtils;
import org.apache.kafka.connect.util.SharedTopicAdmin;

/**
 * Kafka's parts of a worker, put together in the order of {@code ConnectDistributed}; nothing is
 * started.
 *
 * @param herder steers connectors and tasks with the other workers of the group
 * @param placeholders resolves those of connectors' settings
 */
record WorkerParts(ConfinedHerder herder, WorkerConfigTransformer placeholders) {

    static WorkerParts of(
            DistributedConfig config,
            Plugins plugins,
            String clusterId,
            URI url,
            RestClient restClient,
            ConnectorRules rules) {
        ConnectorClientConfigOverridePolicy overrides =
                plugins.newPlugin(
                        config.getString(WorkerConfig.CONNECTOR_CLIENT_POLICY_CLASS_CONFIG),
                        config,
                        ConnectorClientConfigOverridePolicy.class);
        String clientId = ConnectUtils.clientIdBase(config);
        Map<String, Object> adminSettings = new HashMap<>(config.originals());
        ConnectUtils.addMetricsContextProperties(adminSettings, config, clusterId);
        adminSettings.put("client.id", clientId + "shared-admin");
        SharedTopicAdmin admin = new SharedTopicAdmin(adminSettings);

        KafkaOffsetBackingStore offsets =
                new KafkaOffsetBackingStore(
                        admin,
                        () -> clientId,
                        plugins.newInternalConverter(
                                true,
                                JsonConverter.class.getName(),
                                Map.of(JsonConverterConfig.SCHEMAS_ENABLE_CONFIG, "false")));
        offsets.configure(config);
        Worker worker = new Worker(workerId(url), Time.SYSTEM, plugins, config, offsets, overrides);
        WorkerConfigTransformer placeholders = worker.configTransformer();
        Converter converter = worker.getInternalValueConverter();
        KafkaStatusBackingStore statuses =
                new KafkaStatusBackingStore(Time.SYSTEM, converter, admin, clientId);
        statuses.configure(config);
        ConfinedHerder herder =
                new ConfinedHerder(
                        config,
                        worker,
                        clusterId,
                        statuses,
                        new KafkaConfigBackingStore(
                                converter, config, placeholders, admin, clientId),
                        url.toString(),
                        restClient,
                        overrides,
                        rules,
                        admin);
        return new WorkerParts(herder, placeholders);
    }

    /** The name under which the worker is known in its group. */
    static String workerId(URI url) {
        return url.getHost() + ":" + url.getPort();
    }
}
