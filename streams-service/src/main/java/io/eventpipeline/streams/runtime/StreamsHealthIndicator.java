package io.eventpipeline.streams.runtime;

import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/**
 * UP while everything assigned is processed and can be asked, else OUT_OF_SERVICE with the reason.
 */
final class StreamsHealthIndicator extends AbstractHealthIndicator {

    private final StreamsSupervisor supervisor;

    StreamsHealthIndicator(StreamsSupervisor supervisor) {
        this.supervisor = supervisor;
    }

    @Override
    protected void doHealthCheck(Health.Builder builder) {
        StreamsStatus status = supervisor.status();
        if (status.isRunning()) {
            builder.up();
        } else {
            builder.outOfService();
        }
        if (status.state() != null) {
            builder.withDetail("state", status.state());
        }
        if (status.reason() != null) {
            builder.withDetail("reason", status.reason());
        }
    }
}
