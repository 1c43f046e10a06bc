package io.eventpipeline.connect.worker;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * Tells whether the worker takes requests, and why it does not. Part of the readiness, never of the
 * liveness: a worker that waits for its brokers is not helped by a restart.
 */
final class WorkerHealthIndicator implements HealthIndicator {

    private final WorkerAccess worker;

    WorkerHealthIndicator(WorkerAccess worker) {
        this.worker = worker;
    }

    @Override
    public Health health() {
        WorkerStatus status = worker.status();
        Health.Builder health =
                (status.isRunning() ? Health.up() : Health.outOfService())
                        .withDetail("state", status.state())
                        .withDetail("reason", status.reason());
        worker.running().ifPresent(running -> health.withDetail("worker", running.id()));
        return health.build();
    }
}
