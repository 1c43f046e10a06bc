package io.eventpipeline.connect.transforms;

import java.util.Map;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.connect.components.Versioned;
import org.apache.kafka.connect.connector.ConnectRecord;
import org.apache.kafka.connect.transforms.predicates.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Is true for CloudEvents whose {@code ce_type} matches a pattern as a whole; false for records
 * that have none.
 *
 * @param <R> the kind of record
 */
public final class EventTypeMatches<R extends ConnectRecord<R>> implements Predicate<R>, Versioned {

    private static final String PATTERN = "pattern";
    private static final ConfigDef DEFINITION =
            new ConfigDef()
                    .define(
                            PATTERN,
                            ConfigDef.Type.STRING,
                            ConfigDef.NO_DEFAULT_VALUE,
                            ConfigDef.LambdaValidator.with(
                                    EventTypeMatches::requirePattern, () -> "a regular expression"),
                            Importance.HIGH,
                            "Regular expression for the whole ce_type.");

    private Pattern pattern = Pattern.compile("");

    /** Used by Kafka Connect. */
    public EventTypeMatches() {}

    @Override
    public String version() {
        return PluginVersion.VERSION;
    }

    @Override
    public ConfigDef config() {
        return DEFINITION;
    }

    @Override
    public void configure(Map<String, ?> settings) {
        pattern =
                Pattern.compile(new AbstractConfig(DEFINITION, settings, false).getString(PATTERN));
    }

    @Override
    public boolean test(R candidate) {
        String type = Attribute.TYPE.read(candidate.headers());
        return type != null && pattern.matcher(type).matches();
    }

    @Override
    public void close() {}

    private static void requirePattern(String property, @Nullable Object value) {
        try {
            if (value instanceof String text) {
                Pattern.compile(text);
            }
        } catch (PatternSyntaxException e) {
            throw new ConfigException(property, value, e.getMessage());
        }
    }
}
