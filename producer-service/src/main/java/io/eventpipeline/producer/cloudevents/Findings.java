package io.eventpipeline.producer.cloudevents;

import io.eventpipeline.model.json.InvalidEventException;
import io.eventpipeline.model.json.Violation;
import java.util.ArrayList;
import java.util.List;

/** Collects what is wrong with the events of one request. Not shared between requests. */
final class Findings {

    /**
     * More than a person or a program will mend at once; keeps the answer smaller than the body.
     */
    private static final int MOST = 100;

    private static final String EVENT = "CloudEvent";

    private final List<Violation> violations = new ArrayList<>();
    private int unlisted;

    void add(String parentPointer, Violation violation) {
        if (violations.size() < MOST) {
            violations.add(violation.below(parentPointer));
        } else {
            unlisted++;
        }
    }

    void addAll(String parentPointer, List<Violation> found) {
        found.forEach(violation -> add(parentPointer, violation));
    }

    /**
     * Ends the request if anything was found.
     *
     * @throws InvalidEventException with all of it
     */
    void throwIfAny() {
        if (unlisted > 0) {
            violations.add(new Violation("", unlisted + " more things are wrong"));
        }
        if (!violations.isEmpty()) {
            throw new InvalidEventException(EVENT, violations);
        }
    }
}
