package io.eventpipeline.connect.worker;

import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigValue;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.connect.connector.Connector;
import org.apache.kafka.connect.connector.policy.ConnectorClientConfigOverridePolicy;
import org.apache.kafka.connect.runtime.ConnectorConfig;
import org.apache.kafka.connect.runtime.Worker;
import org.apache.kafka.connect.runtime.distributed.DistributedConfig;
import org.apache.kafka.connect.runtime.distributed.DistributedHerder;
import org.apache.kafka.connect.runtime.rest.RestClient;
import org.apache.kafka.connect.sink.SinkConnector;
import org.apache.kafka.connect.source.SourceConnector;
import org.apache.kafka.connect.storage.ConfigBackingStore;
import org.apache.kafka.connect.storage.StatusBackingStore;

/**
 * Kafka's herder, which also refuses file connectors that reach outside their folder.
 *
 * <p>Every way to give a connector settings (POST, PUT, PATCH, validate) comes through the two
 * methods below, with the patch merged, placeholders resolved and aliases of the class resolved to
 * the class; a filter in front of the REST API would see none of that. The refusal is an error of
 * the property {@code connector.class}, which Kafka Connect answers in its own form: an error of
 * {@code file} would be lost, because the connector's own view of its own properties replaces it.
 */
final class ConfinedHerder extends DistributedHerder {

    private static final String FILE_CONNECTORS = "org.apache.kafka.connect.file";
    private static final String FILE = "file";

    private final FileFolder files;

    // Kafka's constructor has these parameters.
    @SuppressWarnings("TooManyParameters")
    ConfinedHerder(
            DistributedConfig config,
            Worker worker,
            String kafkaClusterId,
            StatusBackingStore statuses,
            ConfigBackingStore configs,
            String restUrl,
            RestClient restClient,
            ConnectorClientConfigOverridePolicy overrides,
            FileFolder files,
            AutoCloseable uponShutdown) {
        super(
                config,
                Time.SYSTEM,
                worker,
                kafkaClusterId,
                statuses,
                configs,
                restUrl,
                restClient,
                overrides,
                List.of(),
                uponShutdown);
        this.files = files;
    }

    @Override
    protected Map<String, ConfigValue> validateSourceConnectorConfig(
            SourceConnector connector, ConfigDef definition, Map<String, String> config) {
        return confined(
                connector,
                config,
                super.validateSourceConnectorConfig(connector, definition, config));
    }

    @Override
    protected Map<String, ConfigValue> validateSinkConnectorConfig(
            SinkConnector connector, ConfigDef definition, Map<String, String> config) {
        return confined(
                connector,
                config,
                super.validateSinkConnectorConfig(connector, definition, config));
    }

    private Map<String, ConfigValue> confined(
            Connector connector, Map<String, String> config, Map<String, ConfigValue> validated) {
        if (connector.getClass().getPackageName().equals(FILE_CONNECTORS)) {
            files.refusalOf(config.get(FILE))
                    .ifPresent(refusal ->
                            validated
                                    .computeIfAbsent(
                                            ConnectorConfig.CONNECTOR_CLASS_CONFIG,
                                            ConfigValue::new)
                                    .addErrorMessage(refusal));
        }
        return validated;
    }
}
