package io.eventpipeline.producer.intake;

import io.eventpipeline.model.event.Event;
import io.eventpipeline.model.event.EventIdentity;
import io.eventpipeline.model.topic.TopicCatalogue;
import io.eventpipeline.producer.delivery.EventPublisher;
import io.eventpipeline.producer.delivery.OutgoingRecord;
import io.eventpipeline.producer.intake.EventReader.Taken;
import io.eventpipeline.producer.ratelimits.RateLimits;
import io.eventpipeline.producer.retries.IdempotencyKey;
import io.eventpipeline.producer.retries.SafeRetries;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.springframework.http.ResponseEntity;

/**
 * Takes a request's events: reads the body, checks all of it, gives each event its identity, sends
 * them and answers with what became of them. If anything is wrong with any event, nothing is sent.
 * Thread-safe; blocks its caller until Kafka has answered or the deadline is over.
 */
final class EventIntake {

    private final InFlightLimit inFlight;
    private final RequestBodies bodies;
    private final EventReader reader;
    private final EventPublisher publisher;
    private final SafeRetries retries;
    private final TopicCatalogue catalogue;
    private final Clock clock;

    EventIntake(
            InFlightLimit inFlight,
            RequestBodies bodies,
            EventReader reader,
            EventPublisher publisher,
            SafeRetries retries,
            TopicCatalogue catalogue,
            Clock clock) {
        this.inFlight = inFlight;
        this.bodies = bodies;
        this.reader = reader;
        this.publisher = publisher;
        this.retries = retries;
        this.catalogue = catalogue;
        this.clock = clock;
    }

    /**
     * Takes one event or a JSON array of them.
     *
     * @param route the path of the request in its one canonical form; part of {@code ce_source}
     */
    <E extends Event> ResponseEntity<Object> take(
            HttpServletRequest request, EventDoor<E> door, String route) {
        return take(request, door, route, body -> reader.read(body, door));
    }

    /** Takes the one event that the path names. */
    <E extends Event> ResponseEntity<Object> takeNamed(
            HttpServletRequest request, EventDoor<E> door, String route, PathField path) {
        return take(request, door, route, body -> reader.read(body, door, path));
    }

    private <E extends Event> ResponseEntity<Object> take(
            HttpServletRequest request,
            EventDoor<E> door,
            String route,
            Function<byte[], Taken<E>> reading) {
        IdempotencyKey key = IdempotencyKey.of(request.getHeaders(IdempotencyKey.HEADER));
        TraceContext trace = TraceContext.of(request);
        try (InFlightLimit.Share share = inFlight.enter()) {
            byte[] body = bodies.read(request, share);
            Taken<E> taken = reading.apply(body);
            Instant takenAt = clock.instant();
            EventIds ids = new EventIds(key, taken.array(), takenAt);
            List<OutgoingRecord> outgoing = new ArrayList<>(taken.events().size());
            for (E event : taken.events()) {
                outgoing.add(
                        EventRecords.of(
                                catalogue.get(door.topic()),
                                door,
                                event,
                                new EventIdentity(
                                        EventRecords.SOURCE + route, ids.at(outgoing.size())),
                                takenAt,
                                trace));
            }
            RateLimits.charge(request, outgoing);
            boolean array = taken.array();
            return retries.answer(
                    request,
                    route,
                    body,
                    patience -> {
                        var results = publisher.publish(outgoing, patience);
                        return array ? Answers.toAll(results) : Answers.toOne(results.getFirst());
                    });
        }
    }
}
