package io.eventpipeline.connect.transforms;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.common.cache.LRUCache;
import org.apache.kafka.common.cache.SynchronizedCache;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.CaseInsensitiveValidString;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.types.Password;
import org.apache.kafka.connect.components.Versioned;
import org.apache.kafka.connect.connector.ConnectRecord;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.transforms.Transformation;
import org.jspecify.annotations.Nullable;

/**
 * Masks fields of keys or values, so that personal data does not reach a store that must not have
 * it: removed, replaced, covered but for the last characters, or hashed with a key. A masked field
 * is text, optional where there is a schema.
 *
 * <p>A field that is missing is an error unless {@code missing} says otherwise: a name that was
 * misspelt would let the data through.
 *
 * @param <R> the kind of record
 */
public abstract sealed class MaskFields<R extends ConnectRecord<R>>
        implements Transformation<R>, Versioned permits MaskFields.Key, MaskFields.Value {

    private static final int SCHEMAS = 16;
    private static final int SHORTEST_KEY = 16;

    private static final String FIELDS = "fields";
    private static final String METHOD = "method";
    private static final String REPLACEMENT = "replacement";
    private static final String VISIBLE = "visible";
    private static final String HASH_SECRET = "hash.secret";
    private static final String MISSING = "missing";

    private static final ConfigDef DEFINITION =
            new ConfigDef()
                    .define(
                            FIELDS,
                            ConfigDef.Type.LIST,
                            ConfigDef.NO_DEFAULT_VALUE,
                            Importance.HIGH,
                            "The fields; with dots for a field in a field, also of each element of"
                                    + " a list.")
                    .define(
                            METHOD,
                            ConfigDef.Type.STRING,
                            "replace",
                            CaseInsensitiveValidString.in("remove", "replace", "cover", "hash"),
                            Importance.HIGH,
                            "remove (null), replace (by a text), cover (stars but for the last"
                                    + " characters) or hash (HMAC-SHA-256 with hash.secret).")
                    .define(
                            REPLACEMENT,
                            ConfigDef.Type.STRING,
                            "***",
                            Importance.MEDIUM,
                            "Method replace: the text.")
                    .define(
                            VISIBLE,
                            ConfigDef.Type.INT,
                            4,
                            Range.between(0, 64),
                            Importance.MEDIUM,
                            "Method cover: how many characters at the end stay.")
                    .define(
                            HASH_SECRET,
                            ConfigDef.Type.PASSWORD,
                            null,
                            Importance.MEDIUM,
                            "Method hash: the key, of 16 characters or more. Connectors"
                                    + " whose results are joined need the same.")
                    .define(
                            MISSING,
                            ConfigDef.Type.STRING,
                            "fail",
                            CaseInsensitiveValidString.in("fail", "ignore"),
                            Importance.LOW,
                            "What a record means that lacks a field: fail or ignore.");

    private final SynchronizedCache<Schema, Schema> masked =
            new SynchronizedCache<>(new LRUCache<>(SCHEMAS));
    private MaskedFields fields = MaskedFields.of(List.of());
    private Mask mask = Mask.removing();
    private boolean mayBeMissing;

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
        List<String> names = config.getList(FIELDS);
        if (names.isEmpty()) {
            throw new ConfigException(FIELDS, names, "must name at least one field");
        }
        fields = MaskedFields.of(names);
        mask = mask(config);
        mayBeMissing = config.getString(MISSING).equalsIgnoreCase("ignore");
    }

    @Override
    public R apply(R original) {
        Object content = content(original);
        if (content == null) {
            return original;
        }
        Schema schema = schema(original);
        if (schema == null) {
            return replace(original, null, fields.mask(content, mask, mayBeMissing));
        }
        Schema maskedSchema = masked.get(schema);
        if (maskedSchema == null) {
            maskedSchema = fields.schema(schema, mayBeMissing);
            masked.put(schema, maskedSchema);
        }
        return replace(original, maskedSchema, fields.mask(content, maskedSchema, mask));
    }

    @Override
    public void close() {}

    abstract @Nullable Schema schema(R original);

    abstract @Nullable Object content(R original);

    abstract R replace(R original, @Nullable Schema schema, @Nullable Object content);

    private static Mask mask(AbstractConfig config) {
        return switch (config.getString(METHOD).toLowerCase(Locale.ROOT)) {
            case "remove" -> Mask.removing();
            case "cover" -> Mask.covering(config.getInt(VISIBLE));
            case "hash" -> Mask.hashing(key(config.getPassword(HASH_SECRET)));
            default -> Mask.replacing(config.getString(REPLACEMENT));
        };
    }

    private static String key(@Nullable Password key) {
        if (key == null || key.value().length() < SHORTEST_KEY) {
            throw new ConfigException(
                    "%s must have at least %d characters, which %s=hash needs"
                            .formatted(HASH_SECRET, SHORTEST_KEY, METHOD));
        }
        return key.value();
    }

    /**
     * Masks fields of the key. Records of one key stay records of one key with every method but
     * {@code remove} and {@code replace}.
     *
     * @param <R> the kind of record
     */
    public static final class Key<R extends ConnectRecord<R>> extends MaskFields<R> {

        /** Used by Kafka Connect. */
        public Key() {}

        @Override
        @Nullable Schema schema(R original) {
            return original.keySchema();
        }

        @Override
        @Nullable Object content(R original) {
            return original.key();
        }

        @Override
        R replace(R original, @Nullable Schema schema, @Nullable Object content) {
            return original.newRecord(
                    original.topic(),
                    original.kafkaPartition(),
                    schema,
                    content,
                    original.valueSchema(),
                    original.value(),
                    original.timestamp());
        }
    }

    /**
     * Masks fields of the value.
     *
     * @param <R> the kind of record
     */
    public static final class Value<R extends ConnectRecord<R>> extends MaskFields<R> {

        /** Used by Kafka Connect. */
        public Value() {}

        @Override
        @Nullable Schema schema(R original) {
            return original.valueSchema();
        }

        @Override
        @Nullable Object content(R original) {
            return original.value();
        }

        @Override
        R replace(R original, @Nullable Schema schema, @Nullable Object content) {
            return original.newRecord(
                    original.topic(),
                    original.kafkaPartition(),
                    original.keySchema(),
                    original.key(),
                    schema,
                    content,
                    original.timestamp());
        }
    }
}
