package io.eventpipeline.connect.transforms;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Date;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.NonEmptyString;
import org.apache.kafka.connect.components.Versioned;
import org.apache.kafka.connect.connector.ConnectRecord;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.header.Headers;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.transforms.Transformation;
import org.jspecify.annotations.Nullable;

/**
 * Makes any record a CloudEvent in binary mode: writes the headers {@code ce_specversion}, {@code
 * ce_id}, {@code ce_type}, {@code ce_source}, {@code ce_time} and {@code ce_subject}, taking what
 * it is told to from fields of the value. Headers of the same names are replaced. A record without
 * value becomes an event without data.
 *
 * <p>Without {@code id.field} the id is computed from the place in the source and the content, so
 * that a record that is read again after a crash is the same event.
 *
 * @param <R> the kind of record
 */
public final class CloudEventToHeaders<R extends ConnectRecord<R>>
        implements Transformation<R>, Versioned {

    private static final ConfigDef DEFINITION =
            new ConfigDef()
                    .define(
                            "event.type",
                            ConfigDef.Type.STRING,
                            ConfigDef.NO_DEFAULT_VALUE,
                            new NonEmptyString(),
                            Importance.HIGH,
                            "The events' ce_type, with its major version.")
                    .define(
                            "event.source",
                            ConfigDef.Type.STRING,
                            ConfigDef.NO_DEFAULT_VALUE,
                            new NonEmptyString(),
                            Importance.HIGH,
                            "The events' ce_source, a URI reference that says who makes them.")
                    .define(
                            "id.field",
                            ConfigDef.Type.STRING,
                            null,
                            Importance.MEDIUM,
                            "The field of the value that has the ce_id; with dots for a field in a"
                                    + " field. Without it, an id is computed.")
                    .define(
                            "time.field",
                            ConfigDef.Type.STRING,
                            null,
                            Importance.MEDIUM,
                            "The field of the value that has the ce_time: a timestamp,"
                                    + " milliseconds, or ISO-8601 text. Without it, the record's"
                                    + " timestamp.")
                    .define(
                            "subject.field",
                            ConfigDef.Type.STRING,
                            null,
                            Importance.LOW,
                            "The field of the value that has the ce_subject. Without it, the"
                                    + " record's key where that is text.")
                    .define(
                            "content.type",
                            ConfigDef.Type.STRING,
                            "application/json",
                            Importance.LOW,
                            "The media type of the value as the converter writes it.");

    private String type = "";
    private String source = "";
    private String contentType = "";
    private @Nullable FieldPath id;
    private @Nullable FieldPath time;
    private @Nullable FieldPath subject;

    /** Used by Kafka Connect. */
    public CloudEventToHeaders() {}

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
        type = config.getString("event.type");
        source = config.getString("event.source");
        contentType = config.getString("content.type");
        id = FieldPath.ofNullable(config.getString("id.field"));
        time = FieldPath.ofNullable(config.getString("time.field"));
        subject = FieldPath.ofNullable(config.getString("subject.field"));
    }

    /**
     * Adds the headers.
     *
     * @throws DataException if a field that is named is missing or holds no such thing
     */
    @Override
    public R apply(R original) {
        Headers headers = original.headers().duplicate();
        Attribute.SPEC_VERSION.write(headers, "1.0");
        Attribute.ID.write(headers, idOf(original));
        Attribute.TYPE.write(headers, type);
        Attribute.SOURCE.write(headers, source);
        Attribute.TIME.write(headers, timeOf(original));
        Attribute.SUBJECT.write(headers, subjectOf(original));
        Attribute.CONTENT_TYPE.write(headers, original.value() == null ? null : contentType);
        return original.newRecord(
                original.topic(),
                original.kafkaPartition(),
                original.keySchema(),
                original.key(),
                // The JSON converter writes the text "null" for a deletion that has a schema.
                original.value() == null ? null : original.valueSchema(),
                original.value(),
                original.timestamp(),
                headers);
    }

    @Override
    public void close() {}

    private String idOf(R original) {
        return id == null || original.value() == null
                ? computedId(original)
                : text(id, id.of(original.value()));
    }

    private static String computedId(ConnectRecord<?> original) {
        String place =
                original instanceof SourceRecord fromSource
                        ? fromSource.sourcePartition() + "/" + fromSource.sourceOffset()
                        : String.valueOf(original.timestamp());
        String identity =
                String.join(
                        "\n",
                        original.topic(),
                        place,
                        String.valueOf(original.key()),
                        content(original.value()));
        return UUID.nameUUIDFromBytes(identity.getBytes(UTF_8)).toString();
    }

    private static String content(@Nullable Object value) {
        return value instanceof byte[] bytes
                ? new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1)
                : String.valueOf(value);
    }

    private @Nullable String timeOf(R original) {
        if (time == null || original.value() == null) {
            Long timestamp = original.timestamp();
            return timestamp == null ? null : Instant.ofEpochMilli(timestamp).toString();
        }
        Object value = time.of(original.value());
        return switch (value) {
            case Date date -> date.toInstant().toString();
            case Long millis -> Instant.ofEpochMilli(millis).toString();
            case String text -> instant(time, text).toString();
            case null, default -> throw new DataException("The field " + time + " holds no time");
        };
    }

    private static Instant instant(FieldPath field, String text) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            throw new DataException("The field " + field + " holds no ISO-8601 time", e);
        }
    }

    private @Nullable String subjectOf(R original) {
        if (subject == null || original.value() == null) {
            return original.key() instanceof String key && !key.isEmpty() ? key : null;
        }
        return text(subject, subject.of(original.value()));
    }

    private static String text(FieldPath field, @Nullable Object value) {
        return switch (value) {
            case String text when !text.isEmpty() -> text;
            case Number number -> number.toString();
            case null, default ->
                    throw new DataException("The field " + field + " holds no text and no number");
        };
    }
}
