package io.eventpipeline.consumer.store;

import java.time.Duration;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.SmartLifecycle;

/**
 * Brings the schema up to date in the background when the service starts, again and again until it
 * succeeded once: the service itself starts without waiting for PostgreSQL. Several instances may
 * do so at once; Flyway lets one of them work. Thread-safe.
 */
public final class SchemaMigration implements SmartLifecycle {

    private static final Duration RETRY_PAUSE = Duration.ofSeconds(1);

    private static final Logger log = LoggerFactory.getLogger(SchemaMigration.class);

    private final Flyway flyway;
    private final DatabaseAvailability database;
    private final ApplicationEventPublisher events;
    private volatile boolean done;
    private volatile String waitingFor = "The schema was not looked at yet";
    private volatile @Nullable Thread worker;

    SchemaMigration(
            Flyway flyway, DatabaseAvailability database, ApplicationEventPublisher events) {
        this.flyway = flyway;
        this.database = database;
        this.events = events;
    }

    /** Whether the schema is known to be up to date. */
    public boolean isDone() {
        return done;
    }

    /** Why it is not done yet. */
    public String waitingFor() {
        return waitingFor;
    }

    /**
     * On a platform thread: Flyway searches the jar and holds its lock meanwhile. A virtual thread
     * that was taken off its carrier with that lock would not come back once every carrier waits
     * for it while loading a class, which pins them (JEP 491), and the service would hang for ever.
     */
    @Override
    public void start() {
        worker = Thread.ofPlatform().daemon().name("schema-migration").start(this::migrate);
    }

    @Override
    public void stop() {
        Thread running = worker;
        worker = null;
        if (running != null) {
            running.interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return worker != null;
    }

    private void migrate() {
        try {
            while (!done) {
                if (database.isAvailable()) {
                    tryOnce();
                }
                if (!done) {
                    Thread.sleep(RETRY_PAUSE);
                }
            }
        } catch (InterruptedException e) {
            return;
        }
        events.publishEvent(new SchemaMigratedEvent());
    }

    private void tryOnce() {
        try {
            int migrations = flyway.migrate().migrationsExecuted;
            log.info("The schema is up to date, after {} migrations", migrations);
            done = true;
        } catch (RuntimeException e) {
            String reason = "The schema cannot be brought up to date: " + e.getMessage();
            if (!reason.equals(waitingFor)) {
                log.warn(reason);
            }
            waitingFor = reason;
        }
    }
}
