package io.eventpipeline.consumer.store;

import org.flywaydb.core.Flyway;
import org.springframework.boot.flyway.autoconfigure.FlywayMigrationStrategy;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Takes the migration out of the start of the context, which must not wait for PostgreSQL. */
@Configuration(proxyBeanMethods = false)
class StoreConfiguration {

    @Bean
    FlywayMigrationStrategy migrateLater() {
        return flyway -> {};
    }

    @Bean
    SchemaMigration schemaMigration(
            Flyway flyway, DatabaseAvailability database, ApplicationEventPublisher events) {
        return new SchemaMigration(flyway, database, events);
    }
}
