package io.eventpipeline.connect.worker;

import java.util.List;
import java.util.Optional;

/** Looks at the worker of this process. Safe for use by several threads. */
public interface WorkerAccess {

    /** What the worker does at the moment. */
    WorkerStatus status();

    /** The worker, while it takes requests. */
    Optional<RunningWorker> running();

    /**
     * All connectors of the group as this worker knows them, those on other workers included; none
     * while the worker is not running.
     */
    default List<ConnectorState> connectors() {
        return running().map(RunningWorker::connectors).orElse(List.of());
    }
}
