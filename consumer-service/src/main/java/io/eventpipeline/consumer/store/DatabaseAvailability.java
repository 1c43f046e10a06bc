package io.eventpipeline.consumer.store;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Knows whether PostgreSQL answers. One thread asks again and again over a connection of its own,
 * so that a busy pool is not mistaken for a dead server; everyone else reads what it found last.
 * Thread-safe.
 */
@Component
public final class DatabaseAvailability implements SmartLifecycle {

    private static final Duration INTERVAL = Duration.ofMillis(500);
    private static final int TIMEOUT_SECONDS = 2;

    private static final Logger log = LoggerFactory.getLogger(DatabaseAvailability.class);

    private final JdbcConnectionDetails details;
    private volatile State state = new State(null, "PostgreSQL was not asked yet");
    private volatile @Nullable Thread watch;

    DatabaseAvailability(JdbcConnectionDetails details) {
        this.details = details;
    }

    /** Whether the server answered the last question. */
    public boolean isAvailable() {
        return state.version() != null;
    }

    /** Why the database counts as away; empty while it is there. */
    public Optional<String> reason() {
        return Optional.ofNullable(state.reason());
    }

    /** The server's version; empty while it is away. */
    Optional<String> version() {
        return Optional.ofNullable(state.version());
    }

    @Override
    public void start() {
        Thread thread = Thread.ofVirtual().name("database-availability").unstarted(this::watch);
        watch = thread;
        thread.start();
    }

    @Override
    public void stop() {
        Thread running = watch;
        watch = null;
        if (running != null) {
            running.interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return watch != null;
    }

    /** Started before everything that asks, stopped after it. */
    @Override
    public int getPhase() {
        return Integer.MIN_VALUE;
    }

    private void watch() {
        while (Thread.currentThread().equals(watch)) {
            try (Connection connection = connect()) {
                String version = connection.getMetaData().getDatabaseProductVersion();
                while (Thread.currentThread().equals(watch)
                        && connection.isValid(TIMEOUT_SECONDS)) {
                    become(new State(version, null));
                    Thread.sleep(INTERVAL);
                }
                become(new State(null, "PostgreSQL does not answer any more"));
            } catch (SQLException e) {
                become(new State(null, "PostgreSQL cannot be reached: " + e.getMessage()));
            } catch (InterruptedException e) {
                return;
            }
            try {
                Thread.sleep(INTERVAL);
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private Connection connect() throws SQLException {
        Properties properties = new Properties();
        setIfPresent(properties, "user", details.getUsername());
        setIfPresent(properties, "password", details.getPassword());
        String seconds = Integer.toString(TIMEOUT_SECONDS);
        properties.setProperty("connectTimeout", seconds);
        properties.setProperty("loginTimeout", seconds);
        properties.setProperty("socketTimeout", seconds);
        properties.setProperty("ApplicationName", "consumer-service availability");
        return DriverManager.getConnection(details.getJdbcUrl(), properties);
    }

    private static void setIfPresent(Properties properties, String key, @Nullable String value) {
        if (value != null) {
            properties.setProperty(key, value);
        }
    }

    private void become(State next) {
        State before = state;
        state = next;
        if (before.version() == null && next.version() != null) {
            log.info("PostgreSQL {} is there", next.version());
        } else if (before.version() != null && next.version() == null) {
            log.warn("PostgreSQL is away: {}", next.reason());
        }
    }

    private record State(@Nullable String version, @Nullable String reason) {}
}
