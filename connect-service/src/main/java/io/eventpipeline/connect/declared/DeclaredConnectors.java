package io.eventpipeline.connect.declared;

import io.eventpipeline.connect.declared.DeclaredProperties.Drift;
import io.eventpipeline.connect.declared.DeclaredState.Status;
import io.eventpipeline.connect.rest.ConnectRestClient;
import io.eventpipeline.connect.rest.InvalidConnectorException;
import io.eventpipeline.connect.worker.RunningWorker;
import io.eventpipeline.connect.worker.WorkerAccess;
import io.eventpipeline.starter.kafka.KafkaAvailability;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.web.client.RestClientException;

/**
 * Puts the declared connectors in place, and again when a file or the connector changes.
 *
 * <p>Only the worker that decides for the group does it: instances with different declarations, as
 * during a roll-out, would otherwise change a connector to and fro. The others look and report. One
 * thread at a time runs {@link #reconcile}; what it found may be read by any.
 */
public class DeclaredConnectors {

    private static final Logger log = LoggerFactory.getLogger(DeclaredConnectors.class);

    private final DeclarationFolder folder;
    private final WorkerAccess worker;
    private final KafkaAvailability brokers;
    private final ConnectRestClient rest;
    private final DeclaredProperties properties;
    private final Clock clock;

    /** What was seen in place: where it no longer is, somebody else has changed it. */
    private final Map<String, DeclaredConnector> settled = new HashMap<>();

    private final Map<String, String> said = new HashMap<>();
    private volatile List<DeclaredState> states = List.of();
    private boolean isFirst = true;
    private Instant nextCheck = Instant.MIN;

    DeclaredConnectors(
            DeclarationFolder folder,
            WorkerAccess worker,
            KafkaAvailability brokers,
            ConnectRestClient rest,
            DeclaredProperties properties,
            Clock clock) {
        this.folder = folder;
        this.worker = worker;
        this.brokers = brokers;
        this.rest = rest;
        this.properties = properties;
        this.clock = clock;
    }

    /** How each declared connector stood when it was last looked at. */
    public List<DeclaredState> states() {
        return states;
    }

    /** What is wrong, by file. */
    public SortedMap<String, String> problems() {
        SortedMap<String, String> problems = new TreeMap<>(folder.problems());
        for (DeclaredState state : states) {
            if (!state.isInPlace()) {
                problems.merge(
                        state.file(),
                        Objects.requireNonNullElseGet(
                                state.problem(),
                                () ->
                                        "the connector %s is %s %s"
                                                .formatted(
                                                        state.connector(),
                                                        state.status(),
                                                        state.differences().keySet())),
                        (one, other) -> one + "; " + other);
            }
        }
        return problems;
    }

    /**
     * Looks now, without changing anything, what would be done.
     *
     * @return empty while the worker is not running
     */
    public List<DeclaredState> preview() {
        RunningWorker running = worker.running().orElse(null);
        return running == null
                ? List.of()
                : folder.declarations().stream().map(each -> preview(each, running)).toList();
    }

    private DeclaredState preview(DeclaredConnector declared, RunningWorker running) {
        DeclaredState state = DeclarationCheck.stateOf(declared, running);
        try {
            return state.isInPlace()
                    ? state
                    : state.withProblem(DeclarationCheck.problemOf(declared, rest));
        } catch (RestClientException e) {
            return state.withProblem(e.getMessage());
        }
    }

    @Scheduled(fixedDelay = 1000)
    void reconcile() {
        boolean isNew = folder.refresh();
        RunningWorker running = worker.running().orElse(null);
        if (running == null) {
            nextCheck = Instant.MIN;
            return;
        }
        // Without brokers the worker keeps a request waiting until they are back.
        if (!brokers.isAvailable() || (!isNew && clock.instant().isBefore(nextCheck))) {
            return;
        }
        List<DeclaredState> found = new ArrayList<>();
        boolean isDone = true;
        for (DeclaredConnector declared : folder.declarations()) {
            try {
                found.add(lookAt(declared, running));
            } catch (RestClientException e) {
                found.add(DeclarationCheck.stateOf(declared, running).withProblem(e.getMessage()));
                isDone = false;
            }
        }
        states = List.copyOf(found);
        isFirst = false;
        say();
        // What could not be applied is tried again with the next call.
        nextCheck = isDone ? clock.instant().plus(properties.checkInterval()) : Instant.MIN;
    }

    private DeclaredState lookAt(DeclaredConnector declared, RunningWorker running) {
        DeclaredState state = DeclarationCheck.stateOf(declared, running);
        if (state.isInPlace()) {
            settled.put(declared.name(), declared);
            return state;
        }
        if (properties.dryRun()) {
            return state.withProblem(DeclarationCheck.problemOf(declared, rest));
        }
        if (!running.isLeader()) {
            return state.withProblem(
                    "%s; the worker that decides for the group has not put it in place: has it the same declarations?"
                            .formatted(state.status()));
        }
        if (isDrift(declared, state) && properties.drift() == Drift.REPORT) {
            return state;
        }
        String problem = apply(declared, state);
        if (problem != null) {
            return state.withProblem(problem);
        }
        settled.put(declared.name(), declared);
        DeclaredState after = DeclarationCheck.stateOf(declared, running);
        return after.isInPlace() ? after : state.withProblem("it is being put in place");
    }

    /** Whether somebody else has changed the connector, rather than the declaration has. */
    private boolean isDrift(DeclaredConnector declared, DeclaredState state) {
        return declared.equals(settled.get(declared.name()))
                || (isFirst && state.status() == Status.DIFFERENT);
    }

    private @Nullable String apply(DeclaredConnector declared, DeclaredState state) {
        try {
            if (declared.isRemoved()) {
                rest.remove(declared.name());
            } else if (state.status() == Status.MISSING && declared.initialState() != null) {
                rest.create(declared.name(), declared.config(), declared.initialState());
            } else {
                rest.configure(declared.name(), declared.config());
            }
            log.info(
                    "The connector {} was {} as {} declares it {}",
                    declared.name(),
                    switch (state.status()) {
                        case MISSING -> "made";
                        case TO_REMOVE -> "removed";
                        default -> "put right";
                    },
                    declared.file(),
                    state.differences().keySet());
            return null;
        } catch (InvalidConnectorException e) {
            String field = DeclarationCheck.problemOf(declared, rest);
            return field == null ? e.getMessage() : field;
        }
    }

    private void say() {
        Map<String, String> problems = problems();
        problems.forEach((file, problem) -> {
            if (!problem.equals(said.put(file, problem))) {
                log.warn("The connector declaration {}: {}", file, problem);
            }
        });
        said.keySet().retainAll(problems.keySet());
    }
}
