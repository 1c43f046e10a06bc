package io.eventpipeline.producer.intake;

import io.eventpipeline.model.event.Event;
import io.eventpipeline.model.event.EventTypes;
import io.eventpipeline.model.json.EventJson;
import io.eventpipeline.model.json.InvalidEventException;
import io.eventpipeline.model.json.Violation;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads bodies into checked events. All that is wrong is found at once, with JSON pointers from the
 * body's root. Thread-safe.
 */
public final class EventReader {

    /**
     * More than a person or a program will mend at once; keeps the answer smaller than the body.
     */
    private static final int MOST_VIOLATIONS = 100;

    private final int maxEvents;
    private final Duration maxTimeAhead;
    private final Clock clock;

    EventReader(int maxEvents, Duration maxTimeAhead, Clock clock) {
        this.maxEvents = maxEvents;
        this.maxTimeAhead = maxTimeAhead;
        this.clock = clock;
    }

    /**
     * What a body brought.
     *
     * @param events valid all of them
     * @param array whether they came as an array, and so are answered as one
     */
    record Taken<E>(List<E> events, boolean array) {}

    /**
     * Reads one event or a JSON array of them.
     *
     * @throws io.eventpipeline.model.json.MalformedJsonException if it is not one JSON value
     * @throws InvalidEventException with what is wrong with any of the events
     * @throws org.springframework.web.ErrorResponseException 413 if there are too many
     */
    <E extends Event> Taken<E> read(byte[] body, EventDoor<E> door) {
        Findings findings = new Findings();
        boolean array = JsonArraySplitter.isArray(body);
        List<byte[]> elements = array ? JsonArraySplitter.split(body, maxEvents) : List.of(body);
        List<E> events = new ArrayList<>(elements.size());
        for (int i = 0; i < elements.size(); i++) {
            byte[] element = elements.get(i);
            findings.collect(
                    array ? "/" + i : "",
                    () -> events.add(check(EventJson.readStrictly(element, door.type()), door)));
        }
        findings.throwIfAny(door);
        return new Taken<>(events, array);
    }

    /**
     * Reads the one event that a path names.
     *
     * @throws io.eventpipeline.model.json.MalformedJsonException if it is not one JSON value
     * @throws InvalidEventException with what is wrong with it, a difference to the path included
     */
    <E extends Event> Taken<E> read(byte[] body, EventDoor<E> door, PathField path) {
        Findings findings = new Findings();
        JsonNode json = EventJson.readTree(body);
        List<E> event = new ArrayList<>(1);
        if (json instanceof ObjectNode object) {
            path.applyTo(object).ifPresent(findings::add);
        }
        findings.collect(
                "", () -> event.add(check(EventJson.readStrictly(json, door.type()), door)));
        findings.throwIfAny(door);
        return new Taken<>(event, false);
    }

    /**
     * Reads one event that came as a part of something else.
     *
     * @throws io.eventpipeline.model.json.MalformedJsonException if it is not one JSON value
     * @throws InvalidEventException with what is wrong with it; its pointers start at the event
     */
    public <E extends Event> E readOne(byte[] json, EventDoor<E> door) {
        return check(EventJson.readStrictly(json, door.type()), door);
    }

    /**
     * Reads one event that is a part of a larger document.
     *
     * @throws InvalidEventException with what is wrong with it; its pointers start at the event
     */
    public <E extends Event> E readOne(JsonNode json, EventDoor<E> door) {
        return check(EventJson.readStrictly(json, door.type()), door);
    }

    private <E extends Event> E check(E event, EventDoor<E> door) {
        if (door.windowed() != null) {
            Instant latest = clock.instant().plus(maxTimeAhead);
            if (door.timeOf(event, latest).isAfter(latest)) {
                throw new InvalidEventException(
                        EventTypes.nameOf(door.type()),
                        List.of(
                                new Violation(
                                        door.windowed(),
                                        "must not be more than "
                                                + maxTimeAhead.toSeconds()
                                                + " s ahead of the service's clock")));
            }
        }
        return event;
    }

    /** Collects what is wrong over several events. */
    private static final class Findings {

        private final List<Violation> violations = new ArrayList<>();
        private int unlisted;

        void add(Violation violation) {
            if (violations.size() < MOST_VIOLATIONS) {
                violations.add(violation);
            } else {
                unlisted++;
            }
        }

        void collect(String pointer, Runnable reading) {
            try {
                reading.run();
            } catch (InvalidEventException e) {
                e.violations().forEach(violation -> add(violation.below(pointer)));
            }
        }

        void throwIfAny(EventDoor<?> door) {
            if (unlisted > 0) {
                violations.add(new Violation("", unlisted + " more things are wrong"));
            }
            if (!violations.isEmpty()) {
                throw new InvalidEventException(EventTypes.nameOf(door.type()), violations);
            }
        }
    }
}
