package io.eventpipeline.producer.cloudevents;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.eventpipeline.model.event.Event;
import io.eventpipeline.model.event.EventTypes;
import io.eventpipeline.model.json.InvalidEventException;
import io.eventpipeline.model.json.MalformedJsonException;
import io.eventpipeline.model.json.Violation;
import io.eventpipeline.model.topic.CleanupPolicy;
import io.eventpipeline.model.topic.TopicCatalogue;
import io.eventpipeline.model.topic.TopicDefinition;
import io.eventpipeline.producer.cloudevents.ContentMode.MediaTypes;
import io.eventpipeline.producer.delivery.OutgoingRecord;
import io.eventpipeline.producer.intake.EventDoor;
import io.eventpipeline.producer.intake.EventDoors;
import io.eventpipeline.producer.intake.EventReader;
import io.eventpipeline.producer.intake.TraceContext;
import io.eventpipeline.producer.topics.AvailableTopic;
import io.eventpipeline.producer.topics.TopicDirectory;
import io.eventpipeline.producer.valueschemas.ValueSchemas;
import io.eventpipeline.starter.problem.ProblemType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.web.ErrorResponseException;

/**
 * Decides where an event goes, and makes the record of it. A type of the catalogue goes to the
 * topic of that type: its data is checked as by the type's own door, and the key comes from it.
 * Every other type goes to the topic that the request names. The event itself is never changed:
 * data, attributes and extensions are stored as they came. Thread-safe.
 */
final class EventRouting {

    /**
     * Of {@code id} and of {@code source}: tables are unique on both together, and PostgreSQL's
     * index holds no more than 2,704 bytes.
     */
    private static final int MOST_BYTES_OF_IDENTITY = 1_000;

    private static final String EVENT = "CloudEvent";
    private static final String TYPE_POINTER = "/" + AttributeRules.TYPE;
    private static final String DATA_POINTER = "/" + AttributeRules.DATA;
    private static final String KEY_POINTER = "/" + AttributeRules.PARTITION_KEY;

    private final TopicCatalogue catalogue;
    private final TopicDirectory topics;
    private final EventReader reader;
    private final ValueSchemas schemas;
    private final Set<String> derivedTypes;
    private final String sendableTypes;

    EventRouting(
            TopicCatalogue catalogue,
            TopicDirectory topics,
            EventReader reader,
            ValueSchemas schemas) {
        this.catalogue = catalogue;
        this.topics = topics;
        this.reader = reader;
        this.schemas = schemas;
        this.derivedTypes =
                catalogue.all().stream()
                        .flatMap(topic -> topic.type().stream())
                        .map(EventTypes::nameOf)
                        .filter(type -> EventDoors.ofTypeName(type).isEmpty())
                        .collect(Collectors.toUnmodifiableSet());
        this.sendableTypes =
                EventDoors.all().stream()
                        .map(door -> EventTypes.nameOf(door.type()))
                        .collect(Collectors.joining(", "));
    }

    /**
     * The record of an event.
     *
     * @param target what the request says of all its events
     * @param hop the trace context of the request
     * @throws InvalidEventException with all that is wrong with it
     * @throws ErrorResponseException 404 if the topic cannot be sent to, 413 if the event is larger
     *     than a record of it may be
     */
    OutgoingRecord route(
            ReceivedEvent event, EventTarget target, @Nullable TraceContext hop, Instant takenAt) {
        if (derivedTypes.contains(event.type())) {
            throw invalid(TYPE_POINTER, "is made by topologies only");
        }
        EventDoor<?> door = EventDoors.ofTypeName(event.type()).orElse(null);
        AvailableTopic topic = topicOf(door, target);
        byte[] data = event.data();
        byte[] key;
        if (door != null) {
            requireIndexable(AttributeRules.ID, event.id());
            requireIndexable(AttributeRules.SOURCE, event.source());
            if (data == null) {
                throw invalid(DATA_POINTER, "is required");
            }
            data = json(event, data);
            key = typedKey(event, data, door, target);
        } else {
            key = untypedKey(event, target);
            data = target.structured() ? StructuredValue.of(event) : data;
            requireTakenBy(topic.definition(), key, data, target);
        }
        OutgoingRecord outgoing =
                new OutgoingRecord(
                        event.id(),
                        topic.definition(),
                        topic.definition().profile(),
                        null,
                        key,
                        data,
                        door == null && target.structured()
                                ? RecordHeadersWriter.structured(event, hop)
                                : RecordHeadersWriter.binary(event, hop),
                        takenAt.toEpochMilli());
        if (outgoing.size() > topic.maxRecordBytes()) {
            throw tooLarge(topic);
        }
        return outgoing;
    }

    private AvailableTopic topicOf(@Nullable EventDoor<?> door, EventTarget target) {
        AvailableTopic named = target.topic() == null ? null : topics.require(target.topic());
        if (door != null) {
            AvailableTopic own = topics.require(catalogue.name(door.topic()));
            if (target.structured()) {
                throw invalid(
                        TYPE_POINTER, "is stored in binary mode only: leave out content-mode");
            }
            if (named != null && !named.name().equals(own.name())) {
                throw invalid(TYPE_POINTER, "belongs to topic " + own.name() + " only");
            }
            return own;
        }
        if (named == null) {
            throw invalid(
                    TYPE_POINTER,
                    "has no topic of its own: name one by the parameter topic, or send one of the"
                            + " types that have one: "
                            + sendableTypes);
        }
        Class<? extends Event> only = named.definition().eventType();
        if (only != null) {
            throw invalid(
                    TYPE_POINTER,
                    "must be " + EventTypes.nameOf(only) + " on topic " + named.name());
        }
        return named;
    }

    private static void requireIndexable(String name, String value) {
        if (value.getBytes(UTF_8).length > MOST_BYTES_OF_IDENTITY) {
            throw invalid("/" + name, "must have at most " + MOST_BYTES_OF_IDENTITY + " bytes");
        }
    }

    private static byte[] json(ReceivedEvent event, byte[] data) {
        String type = event.dataContentType();
        if (type != null && !MediaTypes.isJson(type)) {
            throw invalid(
                    "/" + AttributeRules.DATA_CONTENT_TYPE, "must declare JSON for this type");
        }
        try {
            return CloudEventReader.utf8(data);
        } catch (MalformedJsonException e) {
            throw invalid(DATA_POINTER, String.valueOf(e.getMessage()));
        }
    }

    private <E extends Event> byte[] typedKey(
            ReceivedEvent event, byte[] data, EventDoor<E> door, EventTarget target) {
        String key;
        try {
            key = reader.readOne(data, door).key();
        } catch (MalformedJsonException e) {
            throw invalid(DATA_POINTER, String.valueOf(e.getMessage()));
        } catch (InvalidEventException e) {
            throw new InvalidEventException(
                    EVENT, e.violations().stream().map(v -> v.below(DATA_POINTER)).toList());
        }
        String partitionKey = event.attribute(AttributeRules.PARTITION_KEY);
        if (partitionKey != null && !partitionKey.equals(key)) {
            throw invalid(KEY_POINTER, "must be absent or the key that the data has");
        }
        if (target.key() != null && !target.key().equals(key)) {
            throw ProblemType.INVALID_PARAMETER.exception(
                    "Parameter 'key' must be absent or the key that the data has");
        }
        return key.getBytes(UTF_8);
    }

    private static byte @Nullable [] untypedKey(ReceivedEvent event, EventTarget target) {
        String key =
                target.byPartitionKey()
                        ? event.attribute(AttributeRules.PARTITION_KEY)
                        : target.key();
        return key == null ? null : key.getBytes(UTF_8);
    }

    /** Without data the record is a tombstone, which only says something where keys are kept. */
    private void requireTakenBy(
            TopicDefinition topic,
            byte @Nullable [] key,
            byte @Nullable [] data,
            EventTarget target) {
        boolean compacted = topic.cleanup() != CleanupPolicy.DELETE;
        List<Violation> violations = new ArrayList<>();
        if (data == null && !compacted) {
            violations.add(
                    new Violation(
                            DATA_POINTER,
                            "is required: topic "
                                    + topic.name()
                                    + " is not compacted, so that a tombstone means nothing;"
                                    + " content-mode=structured stores an event without data"));
        }
        if (key == null && compacted) {
            violations.add(
                    new Violation(
                            KEY_POINTER,
                            "is required with key-mapper=partitionkey, or else the parameter key:"
                                    + " topic "
                                    + topic.name()
                                    + " is compacted"));
        }
        if (data != null) {
            schemas.check(topic, data, target.structured() ? "" : DATA_POINTER, violations::add);
        }
        if (!violations.isEmpty()) {
            throw new InvalidEventException(EVENT, violations);
        }
    }

    private static InvalidEventException invalid(String pointer, String reason) {
        return new InvalidEventException(EVENT, List.of(new Violation(pointer, reason)));
    }

    private static ErrorResponseException tooLarge(AvailableTopic topic) {
        ErrorResponseException refused =
                ProblemType.TOO_LARGE.exception(
                        "An event is larger than a record of topic "
                                + topic.name()
                                + " may be: "
                                + topic.maxRecordBytes()
                                + " bytes");
        refused.getBody().setProperty("limit", topic.maxRecordBytes());
        return refused;
    }
}
