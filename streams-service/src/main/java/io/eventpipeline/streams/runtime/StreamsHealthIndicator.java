package io.eventpipeline.streams.runtime;

import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/**
 * UP while everything assigned is processed and can be asked, DEGRADED while an operator paused it,
 * which leaves it ready, because stores can be asked; else OUT_OF_SERVICE with the reason.
 */
final class StreamsHealthIndicator extends AbstractHealthIndicator {

    private static final String DEGRADED = "DEGRADED";

    private final StreamsSupervisor supervisor;
    private final StreamsClient client;

    StreamsHealthIndicator(StreamsSupervisor supervisor, StreamsClient client) {
        this.supervisor = supervisor;
        this.client = client;
    }

    @Override
    protected void doHealthCheck(Health.Builder builder) {
        StreamsStatus status = supervisor.status();
        boolean paused = client.isPaused();
        if (status.isRunning() && paused) {
            builder.status(DEGRADED).withDetail("reason", "Paused by an operator");
        } else if (status.isRunning()) {
            builder.up();
        } else {
            builder.outOfService();
        }
        if (status.state() != null) {
            builder.withDetail("state", status.state());
        }
        builder.withDetail("paused", paused);
        if (status.reason() != null) {
            builder.withDetail("reason", status.reason());
        }
    }
}
