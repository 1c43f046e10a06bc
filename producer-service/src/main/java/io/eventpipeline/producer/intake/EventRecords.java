package io.eventpipeline.producer.intake;

import io.eventpipeline.model.cloudevents.CloudEventHeaders;
import io.eventpipeline.model.cloudevents.EventMetadata;
import io.eventpipeline.model.event.Event;
import io.eventpipeline.model.event.EventIdentity;
import io.eventpipeline.model.event.EventTypes;
import io.eventpipeline.model.json.EventJson;
import io.eventpipeline.model.topic.TopicDefinition;
import io.eventpipeline.producer.delivery.OutgoingRecord;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/** Makes the record of a typed event: the same one, whichever door it came in by. Stateless. */
public final class EventRecords {

    /** The beginning of the {@code ce_source} of events whose senders gave none. */
    public static final String SOURCE = "/producer-service";

    /** The {@code ce_type} of plain text in a topic of log lines, whichever door it came in by. */
    public static final String LOG_LINE_TYPE = "io.eventpipeline.log.line.v1";

    private EventRecords() {}

    /**
     * The record of an event.
     *
     * @param topic where it goes
     * @param door what it was checked by
     * @param identity its {@code ce_source} and {@code ce_id}
     * @param takenAt when the service took it: the record's timestamp
     * @param trace the W3C trace context that it came in; null if there was none
     */
    public static <E extends Event> OutgoingRecord of(
            TopicDefinition topic,
            EventDoor<E> door,
            E event,
            EventIdentity identity,
            Instant takenAt,
            @Nullable TraceContext trace) {
        Headers headers = new RecordHeaders();
        CloudEventHeaders.write(
                new EventMetadata(
                        identity,
                        EventTypes.nameOf(door.type()),
                        door.timeOf(event, takenAt),
                        event.key(),
                        null),
                headers);
        writeTrace(trace, headers);
        return new OutgoingRecord(
                identity.id(),
                topic,
                topic.profile(),
                null,
                event.key().getBytes(StandardCharsets.UTF_8),
                EventJson.write(event),
                headers,
                takenAt.toEpochMilli());
    }

    /**
     * Makes a line of a log an event, by the headers of its record: its identity lets readers drop
     * a second copy.
     *
     * @param contentType what its text is
     * @param trace the W3C trace context that it came in; null if there was none
     */
    public static void identifyLine(
            Headers headers,
            EventIdentity identity,
            Instant takenAt,
            String contentType,
            @Nullable TraceContext trace) {
        CloudEventHeaders.write(
                new EventMetadata(identity, LOG_LINE_TYPE, takenAt, null, null), headers);
        writeTrace(trace, headers);
        headers.remove(CloudEventHeaders.CONTENT_TYPE);
        headers.add(CloudEventHeaders.CONTENT_TYPE, contentType.getBytes(StandardCharsets.UTF_8));
    }

    private static void writeTrace(@Nullable TraceContext trace, Headers headers) {
        if (trace != null) {
            trace.writeTo(headers);
        }
    }
}
