package io.eventpipeline.connect.worker;

import java.net.URI;
import java.util.List;
import java.util.Optional;

/** Looks at the worker of this process. Safe for use by several threads. */
public interface WorkerAccess {

    /** What the worker does at the moment. */
    WorkerStatus status();

    /** Where this worker's own REST API answers, on this machine; empty while it is not running. */
    Optional<URI> restUrl();

    /** The name under which the worker is known in its group; empty while it is not running. */
    Optional<String> workerId();

    /**
     * All connectors of the group as this worker knows them, those on other workers included; none
     * while the worker is not running.
     */
    List<ConnectorState> connectors();
}
