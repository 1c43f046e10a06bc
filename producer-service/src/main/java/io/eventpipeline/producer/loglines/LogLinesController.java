package io.eventpipeline.producer.loglines;

import io.eventpipeline.model.event.EventIdentity;
import io.eventpipeline.model.json.InvalidEventException;
import io.eventpipeline.model.json.Violation;
import io.eventpipeline.model.topic.PipelineTopic;
import io.eventpipeline.model.topic.TopicCatalogue;
import io.eventpipeline.model.topic.TopicDefinition;
import io.eventpipeline.producer.delivery.EventPublisher;
import io.eventpipeline.producer.delivery.OutgoingRecord;
import io.eventpipeline.producer.intake.Answers;
import io.eventpipeline.producer.intake.EventIds;
import io.eventpipeline.producer.intake.EventRecords;
import io.eventpipeline.producer.intake.InFlightLimit;
import io.eventpipeline.producer.intake.IntakeProperties;
import io.eventpipeline.producer.intake.RequestBodies;
import io.eventpipeline.producer.intake.TraceContext;
import io.eventpipeline.producer.ratelimits.RateLimits;
import io.eventpipeline.producer.retries.IdempotencyKey;
import io.eventpipeline.producer.retries.SafeRetries;
import io.eventpipeline.producer.valueschemas.ValueSchemas;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Takes a text and sends each of its lines that is not empty. If the text cannot be read, or has
 * too many lines, nothing is sent. Answers with a receipt or a problem for each line, in order.
 */
@RestController
final class LogLinesController {

    private static final String ROUTE = "/log-lines";

    private final InFlightLimit inFlight;
    private final RequestBodies bodies;
    private final EventPublisher publisher;
    private final SafeRetries retries;
    private final ValueSchemas schemas;
    private final TopicDefinition topic;
    private final int maxLines;
    private final Clock clock;

    LogLinesController(
            InFlightLimit inFlight,
            RequestBodies bodies,
            EventPublisher publisher,
            SafeRetries retries,
            ValueSchemas schemas,
            TopicCatalogue catalogue,
            IntakeProperties properties,
            Clock clock) {
        this.inFlight = inFlight;
        this.bodies = bodies;
        this.publisher = publisher;
        this.retries = retries;
        this.schemas = schemas;
        this.topic = catalogue.get(PipelineTopic.LOG_LINE);
        this.maxLines = properties.maxEvents();
        this.clock = clock;
    }

    @PostMapping(path = ROUTE, consumes = "text/plain")
    ResponseEntity<Object> logLines(HttpServletRequest request) {
        IdempotencyKey key = IdempotencyKey.of(request.getHeaders(IdempotencyKey.HEADER));
        TraceContext trace = TraceContext.of(request);
        try (InFlightLimit.Share share = inFlight.enter()) {
            byte[] body = bodies.read(request, share);
            List<OutgoingRecord> records = records(LogLines.split(body, maxLines), key, trace);
            RateLimits.charge(request, records);
            return retries.answer(
                    request,
                    ROUTE,
                    body,
                    patience -> Answers.toAll(publisher.publish(records, patience)));
        }
    }

    private List<OutgoingRecord> records(
            List<byte[]> lines, @Nullable IdempotencyKey key, @Nullable TraceContext trace) {
        Instant takenAt = clock.instant();
        EventIds ids = new EventIds(key, true, takenAt);
        List<OutgoingRecord> records = new ArrayList<>(lines.size());
        List<Violation> violations = new ArrayList<>(0);
        for (byte[] line : lines) {
            schemas.check(topic, line, "/" + records.size(), violations::add);
            EventIdentity identity =
                    new EventIdentity(EventRecords.SOURCE + ROUTE, ids.at(records.size()));
            records.add(LogLineRecords.of(topic, line, identity, takenAt, trace));
        }
        if (!violations.isEmpty()) {
            throw new InvalidEventException("text", violations);
        }
        return records;
    }
}
