package io.eventpipeline.consumer.store;

import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.stereotype.Component;

/**
 * The health component {@code db}, in the place of Spring Boot's own, which would wait for a
 * connection: UP once the schema is there and while the server answers, else DOWN with the reason.
 */
@Component("dbHealthIndicator")
final class DatabaseHealthIndicator extends AbstractHealthIndicator {

    private final DatabaseAvailability database;
    private final SchemaMigration schema;

    DatabaseHealthIndicator(DatabaseAvailability database, SchemaMigration schema) {
        this.database = database;
        this.schema = schema;
    }

    @Override
    protected void doHealthCheck(Health.Builder builder) {
        if (!database.isAvailable()) {
            builder.down().withDetail("reason", database.reason().orElse("not known"));
        } else if (!schema.isDone()) {
            builder.down().withDetail("reason", schema.waitingFor());
        } else {
            builder.up().withDetail("version", database.version().orElse("not known"));
        }
    }
}
