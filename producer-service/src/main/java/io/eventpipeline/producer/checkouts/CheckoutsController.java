package io.eventpipeline.producer.checkouts;

import io.eventpipeline.model.event.Event;
import io.eventpipeline.model.event.EventIdentity;
import io.eventpipeline.model.topic.TopicCatalogue;
import io.eventpipeline.producer.delivery.OutgoingRecord;
import io.eventpipeline.producer.intake.Answers;
import io.eventpipeline.producer.intake.EventDoor;
import io.eventpipeline.producer.intake.EventDoors;
import io.eventpipeline.producer.intake.EventIds;
import io.eventpipeline.producer.intake.EventReader;
import io.eventpipeline.producer.intake.EventRecords;
import io.eventpipeline.producer.intake.InFlightLimit;
import io.eventpipeline.producer.intake.RequestBodies;
import io.eventpipeline.producer.intake.TraceContext;
import io.eventpipeline.producer.ratelimits.RateLimits;
import io.eventpipeline.producer.retries.AtomicRetries;
import io.eventpipeline.producer.retries.IdempotencyKey;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Takes an order and its payment, both or neither: {@code read_committed} readers see both or none.
 * Answers with a receipt for each, the order's first, or a problem for each.
 */
@RestController
final class CheckoutsController {

    private static final String ROUTE = "/checkouts";

    private final InFlightLimit inFlight;
    private final RequestBodies bodies;
    private final EventReader reader;
    private final AtomicRetries retries;
    private final TopicCatalogue catalogue;
    private final Clock clock;

    CheckoutsController(
            InFlightLimit inFlight,
            RequestBodies bodies,
            EventReader reader,
            AtomicRetries retries,
            TopicCatalogue catalogue,
            Clock clock) {
        this.inFlight = inFlight;
        this.bodies = bodies;
        this.reader = reader;
        this.retries = retries;
        this.catalogue = catalogue;
        this.clock = clock;
    }

    @PostMapping(
            path = ROUTE,
            consumes = {"application/json", "application/*+json"})
    ResponseEntity<Object> checkouts(HttpServletRequest request) {
        IdempotencyKey key = IdempotencyKey.of(request.getHeaders(IdempotencyKey.HEADER));
        TraceContext trace = TraceContext.of(request);
        try (InFlightLimit.Share share = inFlight.enter()) {
            byte[] body = bodies.read(request, share);
            Checkout checkout = Checkout.read(body, reader);
            Instant takenAt = clock.instant();
            EventIds ids = new EventIds(key, true, takenAt);
            List<OutgoingRecord> both =
                    List.of(
                            outgoing(
                                    EventDoors.ORDERS, checkout.order(), ids.at(0), takenAt, trace),
                            outgoing(
                                    EventDoors.PAYMENTS,
                                    checkout.payment(),
                                    ids.at(1),
                                    takenAt,
                                    trace));
            RateLimits.charge(request, both);
            return retries.answer(request, ROUTE, body, both, Answers::toAll);
        }
    }

    private <E extends Event> OutgoingRecord outgoing(
            EventDoor<E> door, E event, String id, Instant takenAt, @Nullable TraceContext trace) {
        return EventRecords.of(
                catalogue.get(door.topic()),
                door,
                event,
                new EventIdentity(EventRecords.SOURCE + ROUTE, id),
                takenAt,
                trace);
    }
}
