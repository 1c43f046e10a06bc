package io.eventpipeline.producer.records;

import io.eventpipeline.model.json.Violation;
import io.eventpipeline.producer.delivery.DeliveryResult;
import io.eventpipeline.producer.delivery.EventPublisher;
import io.eventpipeline.producer.delivery.OutgoingRecord;
import io.eventpipeline.producer.intake.EventIds;
import io.eventpipeline.producer.intake.EventRecords;
import io.eventpipeline.producer.intake.TraceContext;
import io.eventpipeline.producer.ratelimits.RateLimits;
import io.eventpipeline.producer.retries.AtomicRetries;
import io.eventpipeline.producer.retries.IdempotencyKey;
import io.eventpipeline.producer.retries.SafeRetries;
import io.eventpipeline.producer.topics.AvailableTopic;
import io.eventpipeline.producer.topics.TopicDirectory;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;

/**
 * Checks all records of a request against their topics and sends them if nothing is wrong with any.
 * Thread-safe; blocks its caller until Kafka has answered or the deadline is over.
 */
public final class RecordIntake {

    private final TopicDirectory topics;
    private final RecordFactory factory;
    private final EventPublisher publisher;
    private final SafeRetries retries;
    private final AtomicRetries atomic;
    private final Clock clock;

    RecordIntake(
            TopicDirectory topics,
            RecordFactory factory,
            EventPublisher publisher,
            SafeRetries retries,
            AtomicRetries atomic,
            Clock clock) {
        this.topics = topics;
        this.factory = factory;
        this.publisher = publisher;
        this.retries = retries;
        this.atomic = atomic;
        this.clock = clock;
    }

    /**
     * Starts a request.
     *
     * @param several whether it may have several records, so that each needs an id of its own
     * @param route the request's path in its one canonical form
     */
    public RecordFactory.Request begin(
            HttpServletRequest request, RecordOptions options, String route, boolean several) {
        Instant takenAt = clock.instant();
        IdempotencyKey key = IdempotencyKey.of(request.getHeaders(IdempotencyKey.HEADER));
        return new RecordFactory.Request(
                options,
                EventRecords.SOURCE + route,
                new EventIds(key, several, takenAt),
                takenAt,
                TraceContext.of(request));
    }

    /**
     * Makes the records to send.
     *
     * @param topic where all go; null if each says it
     * @param pointers the beginning of pointers to a record, before its index; null if there is
     *     only one, which is the body
     * @throws io.eventpipeline.model.json.InvalidEventException with all that is wrong
     * @throws org.springframework.web.ErrorResponseException 404 for an unknown topic
     */
    List<OutgoingRecord> check(
            List<SentRecord> sent,
            @Nullable AvailableTopic topic,
            RecordFactory.Request request,
            @Nullable String pointers) {
        List<OutgoingRecord> outgoing = new ArrayList<>(sent.size());
        List<Violation> violations = new ArrayList<>();
        Map<String, AvailableTopic> known = new HashMap<>();
        for (int i = 0; i < sent.size(); i++) {
            SentRecord one = sent.get(i);
            var below =
                    pointers == null
                            ? RecordEnvelope.below("", violations)
                            : RecordEnvelope.below(pointers, i, violations);
            AvailableTopic target = topic;
            if (target == null && one.topic() != null) {
                target = known.computeIfAbsent(one.topic(), topics::require);
                request.options().requireAllowedFor(target);
            } else if (target == null) {
                below.accept(new Violation("/topic", "is required"));
                continue;
            } else if (one.topic() != null && !one.topic().equals(target.name())) {
                below.accept(new Violation("/topic", "must be absent or the topic of the path"));
            }
            OutgoingRecord made = factory.make(one, target, request, i, below);
            if (made != null) {
                outgoing.add(made);
            }
        }
        if (!violations.isEmpty()) {
            throw RecordEnvelope.invalid(violations);
        }
        return outgoing;
    }

    /**
     * The topic of a path, with what the request asks for allowed there.
     *
     * @throws org.springframework.web.ErrorResponseException 404 for an unknown topic, 400 for what
     *     it does not allow, 503 if the cluster does not say whether it exists
     */
    public AvailableTopic topic(String name, RecordOptions options) {
        AvailableTopic topic = topics.require(name);
        options.requireAllowedFor(topic);
        return topic;
    }

    /**
     * Sends all, each for itself, or gives the answer of when they were sent.
     *
     * @param route the request's path, with whatever of it decides where the records go
     */
    ResponseEntity<Object> send(
            HttpServletRequest request,
            String route,
            byte[] body,
            List<OutgoingRecord> outgoing,
            Function<List<DeliveryResult>, ResponseEntity<Object>> toAnswer) {
        RateLimits.charge(request, outgoing);
        return retries.answer(
                request,
                route,
                body,
                patience -> toAnswer.apply(publisher.publish(outgoing, patience)));
    }

    /** Stores all or none, or gives the answer of when they were stored. */
    ResponseEntity<Object> sendTogether(
            HttpServletRequest request,
            String route,
            byte[] body,
            List<OutgoingRecord> outgoing,
            Function<List<DeliveryResult>, ResponseEntity<Object>> toAnswer) {
        RateLimits.charge(request, outgoing);
        return atomic.answer(request, route, body, outgoing, toAnswer);
    }
}
