package io.eventpipeline.connect.hostmetrics;

import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.connect.connector.Task;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.source.ExactlyOnceSupport;
import org.apache.kafka.connect.source.SourceConnector;

/**
 * Measures the machine that its task runs on, at an interval, and sends each measurement as one
 * event of the type {@code io.eventpipeline.server.measured.v1}.
 *
 * <p>There is one task, whatever {@code tasks.max} says: a worker cannot choose where a task runs,
 * so two tasks could measure one machine twice. In a cluster of several workers the connector
 * therefore measures the machine of that worker which holds the task, and names it in every event.
 *
 * <p>The source partition is {@code {"host": name}}, the source offset {@code {"measuredAt": epoch
 * milliseconds}}, the time of the last measurement. A measurement cannot be taken again, so the
 * offset replays nothing; it keeps the interval across a restart. With exactly-once support on, the
 * event and its offset are stored in one transaction (KIP-618, Exactly-Once Support for Source
 * Connectors).
 *
 * <p>Kafka Connect calls an instance from one thread at a time.
 */
public final class HostMetricsSourceConnector extends SourceConnector {

    private Map<String, String> properties = Map.of();

    @Override
    public String version() {
        return PluginVersion.VERSION;
    }

    /** Accepts the connector's settings, which Kafka Connect has validated by {@link #config()}. */
    @Override
    public void start(Map<String, String> properties) {
        new HostMetricsConfig(properties);
        this.properties = Map.copyOf(properties);
    }

    @Override
    public Class<? extends Task> taskClass() {
        return HostMetricsSourceTask.class;
    }

    @Override
    public List<Map<String, String>> taskConfigs(int maxTasks) {
        return List.of(properties);
    }

    /** Has nothing to release; the task holds no resource between two measurements. */
    @Override
    public void stop() {}

    @Override
    public ConfigDef config() {
        return HostMetricsConfig.definition();
    }

    @Override
    public ExactlyOnceSupport exactlyOnceSupport(Map<String, String> connectorConfig) {
        return ExactlyOnceSupport.SUPPORTED;
    }

    /**
     * Accepts any offset that has the form this connector writes, and the removal of any offset
     * (KIP-875, First-class offsets support in Kafka Connect).
     *
     * @throws ConnectException if a partition or an offset has another form
     */
    @Override
    public boolean alterOffsets(
            Map<String, String> connectorConfig, Map<Map<String, ?>, Map<String, ?>> offsets) {
        offsets.forEach(SourcePosition::check);
        return true;
    }
}
