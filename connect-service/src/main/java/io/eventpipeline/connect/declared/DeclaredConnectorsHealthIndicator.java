package io.eventpipeline.connect.declared;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;

/** Names each file whose connector is not in place, which leaves the service usable. */
final class DeclaredConnectorsHealthIndicator implements HealthIndicator {

    private static final Status DEGRADED = new Status("DEGRADED");

    private final DeclaredConnectors declared;

    DeclaredConnectorsHealthIndicator(DeclaredConnectors declared) {
        this.declared = declared;
    }

    @Override
    public Health health() {
        return declared.problems().isEmpty()
                ? Health.up().build()
                : Health.status(DEGRADED).withDetails(declared.problems()).build();
    }
}
