package io.eventpipeline.connect.hostmetrics;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigDef.Validator;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.internals.Topic;
import org.jspecify.annotations.Nullable;

/** The connector's own settings, next to those that Kafka Connect knows for every source. */
final class HostMetricsConfig extends AbstractConfig {

    static final String TOPIC = "topic";
    static final String HOST = "host";
    static final String INTERVAL = "interval.ms";

    private static final String CONNECTOR_NAME = "name";
    private static final long DEFAULT_INTERVAL_MILLIS = 5_000;
    private static final long MIN_INTERVAL_MILLIS = 100;
    private static final long MAX_INTERVAL_MILLIS = 3_600_000;
    private static final int MAX_HOST_LENGTH = 253;

    HostMetricsConfig(Map<String, String> properties) {
        super(definition(), properties);
    }

    static ConfigDef definition() {
        return new ConfigDef()
                .define(
                        TOPIC,
                        ConfigDef.Type.STRING,
                        ConfigDef.NO_DEFAULT_VALUE,
                        new TopicName(),
                        Importance.HIGH,
                        "The topic that receives the measurements.")
                .define(
                        INTERVAL,
                        ConfigDef.Type.LONG,
                        DEFAULT_INTERVAL_MILLIS,
                        Range.between(MIN_INTERVAL_MILLIS, MAX_INTERVAL_MILLIS),
                        Importance.MEDIUM,
                        "Milliseconds from one measurement to the next.")
                .define(
                        HOST,
                        ConfigDef.Type.STRING,
                        null,
                        new HostName(),
                        Importance.MEDIUM,
                        "The name under which the machine is reported; it is the records' key."
                            + " Without it, the host name of the machine that the task runs on.");
    }

    String topic() {
        return getString(TOPIC);
    }

    Duration interval() {
        return Duration.ofMillis(getLong(INTERVAL));
    }

    /** Empty where the machine's own name is to be used. */
    Optional<String> host() {
        return Optional.ofNullable(getString(HOST));
    }

    /** The connector's name, which Kafka Connect hands to every task. */
    String connectorName() {
        return originalsStrings().getOrDefault(CONNECTOR_NAME, "host-metrics");
    }

    private static final class TopicName implements Validator {

        @Override
        public void ensureValid(String property, @Nullable Object value) {
            // A missing value is reported by Kafka Connect itself.
            if (value instanceof String name) {
                Topic.validate(
                        name,
                        "The topic name",
                        reason -> {
                            throw new ConfigException(property, name, reason);
                        });
            }
        }

        @Override
        public String toString() {
            return "a valid topic name";
        }
    }

    private static final class HostName implements Validator {

        @Override
        public void ensureValid(String property, @Nullable Object value) {
            if (value instanceof String name
                    && (name.isBlank() || name.length() > MAX_HOST_LENGTH)) {
                throw new ConfigException(
                        property, name, "must have 1 to " + MAX_HOST_LENGTH + " characters");
            }
        }

        @Override
        public String toString() {
            return "1 to " + MAX_HOST_LENGTH + " characters";
        }
    }
}
