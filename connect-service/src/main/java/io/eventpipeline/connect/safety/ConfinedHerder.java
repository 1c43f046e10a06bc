package io.eventpipeline.connect.safety;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigValue;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.connect.connector.Connector;
import org.apache.kafka.connect.connector.policy.ConnectorClientConfigOverridePolicy;
import org.apache.kafka.connect.runtime.ConnectorConfig;
import org.apache.kafka.connect.runtime.RestartRequest;
import org.apache.kafka.connect.runtime.Worker;
import org.apache.kafka.connect.runtime.distributed.DistributedConfig;
import org.apache.kafka.connect.runtime.distributed.DistributedHerder;
import org.apache.kafka.connect.runtime.rest.RestClient;
import org.apache.kafka.connect.sink.SinkConnector;
import org.apache.kafka.connect.source.SourceConnector;
import org.apache.kafka.connect.storage.ConfigBackingStore;
import org.apache.kafka.connect.storage.StatusBackingStore;

/**
 * Kafka's herder, which also refuses what {@link ConnectorRules} refuse.
 *
 * <p>Every way to give a connector settings (POST, PUT, PATCH, validate) comes through the two
 * validating methods below, with the patch merged, placeholders resolved and aliases of the class
 * resolved to the class; a filter in front of the REST API would see none of that. The refusal is
 * an error of the property {@code connector.class}, which Kafka Connect answers in its own form: an
 * error of {@code file} would be lost, because the connector's own view of its own properties
 * replaces it.
 */
public final class ConfinedHerder extends DistributedHerder {

    private final ConnectorRules rules;
    private volatile Consumer<String> restartAsked = connector -> {};

    // Kafka's constructor has these parameters.
    @SuppressWarnings("TooManyParameters")
    public ConfinedHerder(
            DistributedConfig config,
            Worker worker,
            String kafkaClusterId,
            StatusBackingStore statuses,
            ConfigBackingStore configs,
            String restUrl,
            RestClient restClient,
            ConnectorClientConfigOverridePolicy overrides,
            ConnectorRules rules,
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
        this.rules = rules;
    }

    /** Tells, by connector, when somebody asks for the restart of a connector with its tasks. */
    public void onRestartAsked(Consumer<String> listener) {
        restartAsked = listener;
    }

    @Override
    protected synchronized void doRestartConnectorAndTasks(RestartRequest request) {
        restartAsked.accept(request.connectorName());
        super.doRestartConnectorAndTasks(request);
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
        rules.refusalsOf(connector.getClass().getName(), config)
                .forEach(refusal ->
                        validated
                                .computeIfAbsent(
                                        ConnectorConfig.CONNECTOR_CLASS_CONFIG, ConfigValue::new)
                                .addErrorMessage(refusal));
        return validated;
    }
}
