package io.eventpipeline.producer.cloudevents;

import io.eventpipeline.model.json.InvalidEventException;
import io.eventpipeline.producer.delivery.EventPublisher;
import io.eventpipeline.producer.delivery.OutgoingRecord;
import io.eventpipeline.producer.intake.Answers;
import io.eventpipeline.producer.intake.InFlightLimit;
import io.eventpipeline.producer.intake.IntakeProperties;
import io.eventpipeline.producer.intake.RequestBodies;
import io.eventpipeline.producer.intake.TraceContext;
import io.eventpipeline.producer.ratelimits.RateLimits;
import io.eventpipeline.producer.retries.SafeRetries;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.springframework.http.ResponseEntity;

/**
 * Takes a request's events: reads and routes all of them, sends them, one record an event, and
 * answers with what became of them. If anything is wrong with any event, nothing is sent.
 * Thread-safe; blocks its caller until Kafka has answered or the deadline is over.
 */
final class CloudEventsIntake {

    private static final String ROUTE = "/events";

    private final InFlightLimit inFlight;
    private final RequestBodies bodies;
    private final IntakeProperties limits;
    private final EventRouting routing;
    private final EventPublisher publisher;
    private final SafeRetries retries;
    private final Clock clock;

    CloudEventsIntake(
            InFlightLimit inFlight,
            RequestBodies bodies,
            IntakeProperties limits,
            EventRouting routing,
            EventPublisher publisher,
            SafeRetries retries,
            Clock clock) {
        this.inFlight = inFlight;
        this.bodies = bodies;
        this.limits = limits;
        this.routing = routing;
        this.publisher = publisher;
        this.retries = retries;
        this.clock = clock;
    }

    ResponseEntity<Object> take(HttpServletRequest request) {
        EventTarget target = EventTarget.of(request.getQueryString());
        CloudEventReader reader = CloudEventReader.of(request);
        try (InFlightLimit.Share share = inFlight.enter()) {
            byte[] body =
                    reader.isBinary()
                            ? bodies.readAnything(request, share)
                            : bodies.read(request, share);
            List<OutgoingRecord> outgoing = route(request, reader, body, target);
            RateLimits.charge(request, outgoing);
            boolean batch = reader.isBatch();
            return retries.answer(
                    request,
                    ROUTE,
                    body,
                    patience -> {
                        var results = publisher.publish(outgoing, patience);
                        return batch ? Answers.toAll(results) : Answers.toOne(results.getFirst());
                    });
        }
    }

    private List<OutgoingRecord> route(
            HttpServletRequest request, CloudEventReader reader, byte[] body, EventTarget target) {
        TraceContext hop = TraceContext.of(request);
        Instant takenAt = clock.instant();
        Findings findings = new Findings();
        List<Supplier<ReceivedEvent>> events = reader.read(body, limits.maxEvents());
        List<OutgoingRecord> outgoing = new ArrayList<>(events.size());
        for (int i = 0; i < events.size(); i++) {
            try {
                outgoing.add(routing.route(events.get(i).get(), target, hop, takenAt));
            } catch (InvalidEventException e) {
                findings.addAll(reader.isBatch() ? "/" + i : "", e.violations());
            }
        }
        findings.throwIfAny();
        return outgoing;
    }
}
