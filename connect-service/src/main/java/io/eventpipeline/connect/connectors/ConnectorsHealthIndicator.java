package io.eventpipeline.connect.connectors;

import io.eventpipeline.connect.worker.ConnectorState;
import io.eventpipeline.connect.worker.WorkerAccess;
import java.util.Map;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.stereotype.Component;

/**
 * Shows every connector and task of the group. A failed one makes the service {@code DEGRADED},
 * which is answered with 200 and leaves the readiness alone: the worker itself does its work.
 */
@Component
class ConnectorsHealthIndicator implements HealthIndicator {

    static final Status DEGRADED = new Status("DEGRADED");

    private final WorkerAccess worker;
    private final FailureRestarter restarter;

    ConnectorsHealthIndicator(WorkerAccess worker, FailureRestarter restarter) {
        this.worker = worker;
        this.restarter = restarter;
    }

    @Override
    public Health health() {
        if (!worker.status().isRunning()) {
            return Health.unknown().withDetail("reason", worker.status().reason()).build();
        }
        Map<Member, Failures> failures = restarter.failures();
        Health.Builder health = Health.up();
        for (ConnectorState connector : worker.connectors()) {
            if (connector.isFailed()
                    || failures.entrySet().stream()
                            .anyMatch(failed ->
                                    failed.getKey().connector().equals(connector.name())
                                            && failed.getValue().isGivenUp())) {
                health.status(DEGRADED);
            }
            health.withDetail(connector.name(), ConnectorDetails.of(connector, failures));
        }
        return health.build();
    }
}
