package io.eventpipeline.connect.transforms;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.common.cache.LRUCache;
import org.apache.kafka.common.cache.SynchronizedCache;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.ValidList;
import org.apache.kafka.connect.components.Versioned;
import org.apache.kafka.connect.connector.ConnectRecord;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.transforms.Transformation;
import org.jspecify.annotations.Nullable;

/**
 * Brings what a CloudEvent says of itself in headers into fields of its value, for stores that keep
 * values only: {@code ce_id} and {@code ce_source} are what a table can be unique on. A header that
 * is missing becomes null. A record without value stays so.
 *
 * @param <R> the kind of record
 */
public final class CloudEventFromHeaders<R extends ConnectRecord<R>>
        implements Transformation<R>, Versioned {

    private static final int SCHEMAS = 16;

    private static final ConfigDef DEFINITION =
            new ConfigDef()
                    .define(
                            "attributes",
                            ConfigDef.Type.LIST,
                            "id,source,type,time,subject",
                            ValidList.in(Attribute.names().toArray(String[]::new)),
                            Importance.MEDIUM,
                            "Which attributes become fields.")
                    .define(
                            "prefix",
                            ConfigDef.Type.STRING,
                            "ce_",
                            Importance.MEDIUM,
                            "What the names of the fields begin with.");

    private final SynchronizedCache<Schema, Schema> extended =
            new SynchronizedCache<>(new LRUCache<>(SCHEMAS));
    private List<Attribute> attributes = List.of();
    private String prefix = "";

    /** Used by Kafka Connect. */
    public CloudEventFromHeaders() {}

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
        AbstractConfig config = new AbstractConfig(DEFINITION, settings, false);
        List<String> names = config.getList("attributes");
        attributes =
                List.of(Attribute.values()).stream()
                        .filter(attribute -> names.contains(attribute.attribute()))
                        .toList();
        prefix = config.getString("prefix").toLowerCase(Locale.ROOT);
    }

    /**
     * Adds the fields.
     *
     * @throws DataException if the value has no fields, or one of these names
     */
    @Override
    public R apply(R original) {
        return switch (original.value()) {
            case null -> original;
            case Struct struct -> extend(original, struct);
            case Map<?, ?> map -> extend(original, map);
            default ->
                    throw new DataException(
                            "The value has no fields but is a "
                                    + original.value().getClass().getSimpleName());
        };
    }

    @Override
    public void close() {}

    private R extend(R original, Struct struct) {
        Schema schema = extended.get(struct.schema());
        if (schema == null) {
            schema = extend(struct.schema());
            extended.put(struct.schema(), schema);
        }
        Struct value = new Struct(schema);
        for (Field field : struct.schema().fields()) {
            value.put(field.name(), struct.get(field));
        }
        for (Attribute attribute : attributes) {
            value.put(prefix + attribute.attribute(), attribute.read(original.headers()));
        }
        return withValue(original, schema, value);
    }

    private Schema extend(Schema schema) {
        SchemaBuilder builder = Schemas.copyOf(schema);
        schema.fields().forEach(field -> builder.field(field.name(), field.schema()));
        for (Attribute attribute : attributes) {
            String name = prefix + attribute.attribute();
            requireNew(name, schema.field(name) == null);
            builder.field(name, Schema.OPTIONAL_STRING_SCHEMA);
        }
        return builder.build();
    }

    private R extend(R original, Map<?, ?> map) {
        Map<Object, @Nullable Object> value = new LinkedHashMap<>(map);
        for (Attribute attribute : attributes) {
            String name = prefix + attribute.attribute();
            requireNew(name, !value.containsKey(name));
            value.put(name, attribute.read(original.headers()));
        }
        return withValue(original, original.valueSchema(), value);
    }

    private static void requireNew(String name, boolean isNew) {
        if (!isNew) {
            throw new DataException(
                    "The value has a field " + name + " already; choose another prefix");
        }
    }

    private R withValue(R original, @Nullable Schema schema, Object value) {
        return original.newRecord(
                original.topic(),
                original.kafkaPartition(),
                original.keySchema(),
                original.key(),
                schema,
                value,
                original.timestamp());
    }
}
