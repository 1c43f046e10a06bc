package io.eventpipeline.connect.connectors;

import io.eventpipeline.connect.worker.ConnectorState;
import io.eventpipeline.connect.worker.WorkerAccess;
import java.util.LinkedHashMap;
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

    ConnectorsHealthIndicator(WorkerAccess worker) {
        this.worker = worker;
    }

    @Override
    public Health health() {
        if (!worker.status().isRunning()) {
            return Health.unknown().withDetail("reason", worker.status().reason()).build();
        }
        Health.Builder health = Health.up();
        for (ConnectorState connector : worker.connectors()) {
            if (connector.isFailed()) {
                health.status(DEGRADED);
            }
            health.withDetail(connector.name(), details(connector));
        }
        return health.build();
    }

    private static Map<String, Object> details(ConnectorState connector) {
        Map<String, Object> details = details(connector.instance());
        Map<String, Object> tasks = new LinkedHashMap<>();
        connector
                .tasks()
                .forEach(task -> tasks.put(Integer.toString(task.id()), details(task.instance())));
        details.put("tasks", tasks);
        return details;
    }

    private static Map<String, Object> details(ConnectorState.Instance instance) {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("state", instance.state());
        details.put("worker", instance.workerId());
        if (instance.cause() != null) {
            details.put("cause", instance.cause());
        }
        return details;
    }
}
