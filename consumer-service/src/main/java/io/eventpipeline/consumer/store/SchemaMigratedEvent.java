package io.eventpipeline.consumer.store;

/** The schema is up to date. Published once, on the migrating thread. */
public record SchemaMigratedEvent() {}
