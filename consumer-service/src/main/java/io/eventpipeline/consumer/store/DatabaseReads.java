package io.eventpipeline.consumer.store;

import io.eventpipeline.starter.problem.ProblemType;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.stereotype.Component;

/**
 * The door between requests and the connection pool: it turns an absent database into an answer,
 * and leaves the listeners their connections however many requests there are. Thread-safe.
 */
@Component
public final class DatabaseReads {

    /** How many reads run at once; with the listeners' connections it fits into the pool. */
    public static final int CONCURRENT_READS = 6;

    private static final Duration WAIT = Duration.ofSeconds(2);
    private static final int RETRY_AFTER_SECONDS = 2;

    private static final Logger log = LoggerFactory.getLogger(DatabaseReads.class);

    private final DatabaseAvailability database;
    private final Semaphore permits = new Semaphore(CONCURRENT_READS);

    DatabaseReads(DatabaseAvailability database) {
        this.database = database;
    }

    /**
     * Runs a read.
     *
     * @throws org.springframework.web.ErrorResponseException with status 503 if the database is
     *     away or too busy
     */
    public <T> T read(Supplier<T> query) {
        if (!database.isAvailable()) {
            throw unavailable();
        }
        if (!acquire()) {
            throw ProblemType.OVERLOADED.exception(
                    "Too many reads wait for the database", RETRY_AFTER_SECONDS);
        }
        try {
            return query.get();
        } catch (DataIntegrityViolationException e) {
            throw e;
        } catch (DataAccessException e) {
            log.warn("A read failed: {}", e.getMostSpecificCause().getMessage());
            throw unavailable();
        } finally {
            permits.release();
        }
    }

    private boolean acquire() {
        try {
            return permits.tryAcquire(WAIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static RuntimeException unavailable() {
        return ProblemType.DATABASE_UNAVAILABLE.exception(
                "PostgreSQL does not answer", RETRY_AFTER_SECONDS);
    }
}
