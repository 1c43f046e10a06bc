package io.eventpipeline.connect.safety;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.connect.runtime.ConnectorConfig;
import org.apache.kafka.connect.runtime.Herder;
import org.apache.kafka.connect.runtime.rest.entities.ConfigKeyInfo;

/**
 * Knows which settings of a connector are of the type password, by what its class defines. Safe for
 * use by several threads.
 */
final class PasswordSettings {

    private final Herder herder;
    private final Map<String, Set<String>> byClass = new ConcurrentHashMap<>();

    PasswordSettings(Herder herder) {
        this.herder = herder;
    }

    Set<String> of(Map<String, String> config) {
        String connectorClass = config.get(ConnectorConfig.CONNECTOR_CLASS_CONFIG);
        if (connectorClass == null) {
            return Set.of();
        }
        try {
            return byClass.computeIfAbsent(connectorClass, this::ofClass);
        } catch (RuntimeException e) {
            // A class that is not here; names tell what is secret.
            return Set.of();
        }
    }

    private Set<String> ofClass(String connectorClass) {
        return herder.connectorPluginConfig(connectorClass).stream()
                .filter(key -> ConfigDef.Type.PASSWORD.name().equals(key.type()))
                .map(ConfigKeyInfo::name)
                .collect(Collectors.toSet());
    }
}
