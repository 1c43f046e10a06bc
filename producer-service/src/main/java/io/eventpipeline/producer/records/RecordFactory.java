package io.eventpipeline.producer.records;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.eventpipeline.model.cloudevents.CloudEventHeaders;
import io.eventpipeline.model.event.Event;
import io.eventpipeline.model.event.EventIdentity;
import io.eventpipeline.model.json.InvalidEventException;
import io.eventpipeline.model.json.MalformedJsonException;
import io.eventpipeline.model.json.Violation;
import io.eventpipeline.model.topic.CleanupPolicy;
import io.eventpipeline.producer.delivery.OutgoingRecord;
import io.eventpipeline.producer.intake.EventDoor;
import io.eventpipeline.producer.intake.EventDoors;
import io.eventpipeline.producer.intake.EventIds;
import io.eventpipeline.producer.intake.EventReader;
import io.eventpipeline.producer.intake.EventRecords;
import io.eventpipeline.producer.intake.TraceContext;
import io.eventpipeline.producer.topics.AvailableTopic;
import io.eventpipeline.producer.valueschemas.ValueSchemas;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/**
 * Makes the record that goes into a topic of one that was sent, or says why it must not. On a topic
 * with an event type the value is checked as its typed door does, and the key is taken from it; on
 * one without it is held against the topic's JSON Schema, if there is one. A record for a topic
 * outside the catalogue is stored as it was sent; one for a topic of the catalogue becomes a
 * CloudEvent. Thread-safe.
 */
public final class RecordFactory {

    private final EventReader reader;
    private final RecordPartitioner partitioner;
    private final ValueSchemas schemas;
    private final Duration maxTimeAhead;

    RecordFactory(
            EventReader reader,
            RecordPartitioner partitioner,
            ValueSchemas schemas,
            Duration maxTimeAhead) {
        this.reader = reader;
        this.partitioner = partitioner;
        this.schemas = schemas;
        this.maxTimeAhead = maxTimeAhead;
    }

    /**
     * What holds for all records of a request.
     *
     * @param options what was asked for
     * @param source the {@code ce_source} of records that become events
     * @param ids their ids; a record outside the catalogue has one only if its sender gave it
     * @param takenAt when the service took them
     * @param trace the W3C trace context; null if there was none
     */
    public record Request(
            RecordOptions options,
            String source,
            EventIds ids,
            Instant takenAt,
            @Nullable TraceContext trace) {}

    /**
     * Makes the record.
     *
     * @param index its place in the request, from 0
     * @param violations takes all that is wrong, with pointers from the record
     * @return null if something is wrong
     */
    public @Nullable OutgoingRecord make(
            SentRecord sent,
            AvailableTopic topic,
            Request request,
            long index,
            Consumer<Violation> violations) {
        Counted counted = new Counted(violations);
        checkTimestamp(sent, topic, request.takenAt(), counted);
        Optional<EventDoor<?>> door = EventDoors.ofType(topic.definition().eventType());
        OutgoingRecord made =
                door.isPresent()
                        ? typed(sent, topic, door.get(), request, index, counted)
                        : untyped(sent, topic, request, index, counted);
        return counted.any ? null : made;
    }

    private static final class Counted implements Consumer<Violation> {
        private final Consumer<Violation> violations;
        private boolean any;

        Counted(Consumer<Violation> violations) {
            this.violations = violations;
        }

        @Override
        public void accept(Violation violation) {
            any = true;
            violations.accept(violation);
        }
    }

    private void checkTimestamp(
            SentRecord sent,
            AvailableTopic topic,
            Instant takenAt,
            Consumer<Violation> violations) {
        if (sent.timestamp() == null) {
            return;
        }
        long now = takenAt.toEpochMilli();
        if (sent.timestamp() > now + maxTimeAhead.toMillis()) {
            violations.accept(
                    new Violation(
                            "/timestamp",
                            "must not be more than "
                                    + maxTimeAhead.toSeconds()
                                    + " s ahead of the service's clock"));
        }
        Duration retention = topic.definition().retention();
        if (retention != null && sent.timestamp() < now - retention.toMillis()) {
            violations.accept(
                    new Violation(
                            "/timestamp",
                            "is older than the topic keeps records ("
                                    + retention.toHours()
                                    + " h): it would be deleted at once"));
        }
    }

    private <E extends Event> @Nullable OutgoingRecord typed(
            SentRecord sent,
            AvailableTopic topic,
            EventDoor<E> door,
            Request request,
            long index,
            Consumer<Violation> violations) {
        if (sent.partition() != null) {
            violations.accept(
                    new Violation("/partition", "is not taken: the key of an event decides"));
        }
        if (!sent.headers().isEmpty()) {
            violations.accept(
                    new Violation("/headers", "are not taken: the service writes those of events"));
        }
        byte[] value = sent.value();
        if (value == null) {
            violations.accept(new Violation("/value", "must be an event"));
            return null;
        }
        E event;
        try {
            event = reader.readOne(value, door);
        } catch (InvalidEventException e) {
            e.violations().forEach(violation -> violations.accept(violation.below("/value")));
            return null;
        } catch (MalformedJsonException e) {
            violations.accept(new Violation("/value", String.valueOf(e.getMessage())));
            return null;
        }
        if (sent.key() != null && !Arrays.equals(sent.key(), event.key().getBytes(UTF_8))) {
            violations.accept(new Violation("/key", "must be absent or the event's own key"));
        }
        OutgoingRecord made =
                EventRecords.of(
                        topic.definition(),
                        door,
                        event,
                        new EventIdentity(request.source(), request.ids().at(index)),
                        request.takenAt(),
                        request.trace());
        return new OutgoingRecord(
                made.id(),
                made.topic(),
                request.options().profileFor(topic),
                null,
                made.key(),
                made.value(),
                made.headers(),
                timestamp(sent, request));
    }

    private OutgoingRecord untyped(
            SentRecord sent,
            AvailableTopic topic,
            Request request,
            long index,
            Consumer<Violation> violations) {
        checkPlace(sent, topic, request, violations);
        boolean compacted = topic.definition().cleanup() != CleanupPolicy.DELETE;
        if (compacted && sent.key() == null) {
            violations.accept(new Violation("/key", "is required: the topic is compacted by it"));
        }
        schemas.check(topic.definition(), sent.value(), "/value", violations);
        RecordHeaders headers = new RecordHeaders(sent.headers());
        String eventId = null;
        if (topic.catalogued()) {
            eventId = request.ids().at(index);
            identify(headers, sent, request, eventId, violations);
        } else if (request.ids().given()) {
            eventId = request.ids().at(index);
            put(headers, CloudEventHeaders.ID, eventId);
            put(headers, CloudEventHeaders.SOURCE, request.source());
        }
        if (request.trace() != null && headers.lastHeader(CloudEventHeaders.TRACEPARENT) == null) {
            request.trace().writeTo(headers);
        }
        Integer partition = sent.partition();
        if (partition == null) {
            partition =
                    partitioner.partition(
                            request.options().partitionerOrDefault(), topic, sent.key());
        }
        return new OutgoingRecord(
                eventId,
                topic.definition(),
                request.options().profileFor(topic),
                partition,
                sent.key(),
                sent.value(),
                headers,
                timestamp(sent, request));
    }

    private void checkPlace(
            SentRecord sent,
            AvailableTopic topic,
            Request request,
            Consumer<Violation> violations) {
        if (sent.partition() == null) {
            partitioner
                    .refusal(request.options().partitionerOrDefault(), topic, sent.key())
                    .ifPresent(reason -> violations.accept(new Violation("/key", reason)));
        } else if (sent.partition() >= topic.partitions()) {
            violations.accept(
                    new Violation(
                            "/partition",
                            "must be less than "
                                    + topic.partitions()
                                    + ", the number of the topic's partitions"));
        }
    }

    /** What the sender says of its text and its trace stands. */
    private static void identify(
            RecordHeaders headers,
            SentRecord sent,
            Request request,
            String id,
            Consumer<Violation> violations) {
        for (Header header : sent.headers()) {
            if (header.key().startsWith("ce_")) {
                violations.accept(
                        new Violation("/headers/" + header.key(), "is written by the service"));
            }
        }
        String contentType = text(headers.lastHeader(CloudEventHeaders.CONTENT_TYPE));
        String trace = text(headers.lastHeader(CloudEventHeaders.TRACEPARENT));
        EventRecords.identifyLine(
                headers,
                new EventIdentity(request.source(), id),
                request.takenAt(),
                contentType == null ? sent.valueFormat().contentType() : contentType,
                trace == null ? request.trace() : new TraceContext(trace, null, true));
    }

    private static @Nullable String text(@Nullable Header header) {
        return header == null || header.value() == null ? null : new String(header.value(), UTF_8);
    }

    private static void put(RecordHeaders headers, String name, String value) {
        headers.add(name, value.getBytes(UTF_8));
    }

    private static long timestamp(SentRecord sent, Request request) {
        return sent.timestamp() == null ? request.takenAt().toEpochMilli() : sent.timestamp();
    }
}
