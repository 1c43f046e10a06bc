package io.eventpipeline.model.cloudevents;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.eventpipeline.model.event.EventIdentity;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * Writes and reads the record headers of CloudEvents in binary mode (CloudEvents Kafka protocol
 * binding 1.0.2, section 3.2): {@code ce_} and the attribute's name, UTF-8, not percent-encoded;
 * {@code content-type} for the data.
 */
public final class CloudEventHeaders {

    /** Version of the specification: always {@code 1.0}. */
    public static final String SPEC_VERSION = "ce_specversion";

    /** With {@link #SOURCE} the event's identity. */
    public static final String ID = "ce_id";

    /** Event type with its major version. */
    public static final String TYPE = "ce_type";

    /** Who made the event. */
    public static final String SOURCE = "ce_source";

    /** The event's own time, RFC 3339. */
    public static final String TIME = "ce_time";

    /** The record key. */
    public static final String SUBJECT = "ce_subject";

    /** Media type of the value. */
    public static final String CONTENT_TYPE = "content-type";

    /** W3C trace context. */
    public static final String TRACEPARENT = "traceparent";

    /**
     * Where a record without {@link #ID} and {@link #SOURCE} lay first, as {@code
     * <topic>/<partition>/<offset>}: a dead letter that is sent back gets it, so that it stays the
     * event that it was. Not part of CloudEvents.
     */
    public static final String FIRST_POSITION = "pipeline_first-position";

    private static final String JSON = "application/json";

    private CloudEventHeaders() {}

    /**
     * Puts the attributes into the headers of a record with a JSON value, replacing those that are
     * there.
     */
    public static void write(EventMetadata metadata, Headers headers) {
        put(headers, SPEC_VERSION, "1.0");
        put(headers, ID, metadata.identity().id());
        put(headers, TYPE, metadata.type());
        put(headers, SOURCE, metadata.identity().source());
        put(headers, TIME, metadata.time() == null ? null : metadata.time().toString());
        put(headers, SUBJECT, metadata.subject());
        put(headers, CONTENT_TYPE, JSON);
        put(headers, TRACEPARENT, metadata.traceparent());
    }

    /**
     * Reads the attributes of a record.
     *
     * @return empty if the record is no CloudEvent in binary mode: one of the required attributes
     *     is missing
     */
    public static Optional<EventMetadata> read(Headers headers) {
        String id = get(headers, ID);
        String source = get(headers, SOURCE);
        String type = get(headers, TYPE);
        if (id == null || source == null || type == null || get(headers, SPEC_VERSION) == null) {
            return Optional.empty();
        }
        return Optional.of(
                new EventMetadata(
                        new EventIdentity(source, id),
                        type,
                        instant(get(headers, TIME)),
                        get(headers, SUBJECT),
                        get(headers, TRACEPARENT)));
    }

    /** The identity of the event in a record: that of its headers, else its first position. */
    public static EventIdentity identityOf(ConsumerRecord<?, ?> source) {
        return identityOf(source.headers(), source.topic(), source.partition(), source.offset());
    }

    /** The identity of the event in a record with these headers at this position. */
    public static EventIdentity identityOf(
            Headers headers, String topic, int partition, long offset) {
        String eventSource = get(headers, SOURCE);
        String id = get(headers, ID);
        if (eventSource != null && id != null) {
            return new EventIdentity(eventSource, id);
        }
        String first = get(headers, FIRST_POSITION);
        return first == null
                ? EventIdentity.ofPosition(topic, partition, offset)
                : new EventIdentity("", first);
    }

    /** The W3C trace context that a record carries; null if it carries none. */
    public static @Nullable String traceparentOf(Headers headers) {
        return get(headers, TRACEPARENT);
    }

    private static void put(Headers headers, String name, @Nullable String value) {
        headers.remove(name);
        if (value != null) {
            headers.add(name, value.getBytes(UTF_8));
        }
    }

    /** An empty value counts as absent: the specification demands non-empty attributes. */
    private static @Nullable String get(Headers headers, String name) {
        Header header = headers.lastHeader(name);
        return header == null || header.value() == null || header.value().length == 0
                ? null
                : new String(header.value(), UTF_8);
    }

    /**
     * A time that cannot be read is as good as none: it is not the identity, and the value has its
     * own.
     */
    private static @Nullable Instant instant(@Nullable String text) {
        if (text == null) {
            return null;
        }
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            return null;
        }
    }
}
