package io.eventpipeline.connect.http;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.connect.connector.Task;
import org.apache.kafka.connect.sink.SinkConnector;

/**
 * Posts the records of topics to one address, in batches.
 *
 * <p>Each record is delivered at least once, in the order of its partition. After a failure that
 * may pass (no connection, no answer in time, 408, 429, 5xx) a batch is sent again, after a growing
 * pause; what the service refuses as wrong (400, 409, 413, 422) is narrowed down to the record,
 * which goes to the connector's dead-letter topic if it has one; any other answer fails the task,
 * because it speaks of the connector and not of a record.
 *
 * <p>Kafka Connect calls an instance from one thread at a time.
 */
public final class HttpSinkConnector extends SinkConnector {

    private Map<String, String> properties = Map.of();

    @Override
    public String version() {
        return PluginVersion.VERSION;
    }

    /** Accepts the connector's settings, which Kafka Connect has validated by {@link #config()}. */
    @Override
    public void start(Map<String, String> properties) {
        new HttpSinkConfig(properties);
        this.properties = Map.copyOf(properties);
    }

    @Override
    public Class<? extends Task> taskClass() {
        return HttpSinkTask.class;
    }

    @Override
    public List<Map<String, String>> taskConfigs(int maxTasks) {
        return Collections.nCopies(maxTasks, properties);
    }

    /** Has nothing to release; the tasks hold the connections. */
    @Override
    public void stop() {}

    @Override
    public ConfigDef config() {
        return HttpSinkConfig.definition();
    }
}
