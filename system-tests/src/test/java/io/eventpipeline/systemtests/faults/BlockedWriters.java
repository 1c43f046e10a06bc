package io.eventpipeline.systemtests.faults;

import static org.awaitility.Awaitility.await;

import io.eventpipeline.systemtests.services.RunningPipeline;
import io.eventpipeline.systemtests.services.ServiceProcess;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/**
 * Holds up every write of an offset, so that a fault can hit an instance in the middle of one:
 * records are read and not stored yet. Held as short as possible, because it stops all instances.
 */
public final class BlockedWriters implements AutoCloseable {

    private static final Duration WRITER_TIMEOUT = Duration.ofSeconds(30);

    private final RunningPipeline pipeline;
    private final Connection connection;

    private BlockedWriters(RunningPipeline pipeline, Connection connection) {
        this.pipeline = pipeline;
        this.connection = connection;
    }

    /** Waits for the writers at work and holds up all later ones; readers go on. */
    public static BlockedWriters block(RunningPipeline pipeline) throws SQLException {
        Connection connection = pipeline.connect();
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.execute("LOCK TABLE consumer_offset IN EXCLUSIVE MODE");
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
        return new BlockedWriters(pipeline, connection);
    }

    /** Waits until the instance has begun a write, which is now held up. */
    public void awaitWriteOf(ServiceProcess instance) {
        await(instance.name() + " to be in the middle of a write")
                .atMost(WRITER_TIMEOUT)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> DatabaseSessions.heldUp(pipeline, instance));
    }

    /** Lets the writers go on. */
    @Override
    public void close() throws SQLException {
        connection.rollback();
        connection.close();
    }
}
