package io.eventpipeline.systemtests.faults;

import io.eventpipeline.systemtests.services.RunningPipeline;
import io.eventpipeline.systemtests.services.ServiceProcess;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** What an instance is doing in the database, by PostgreSQL's own view of its sessions. */
public final class DatabaseSessions {

    private DatabaseSessions() {}

    /** Whether one of the instance's sessions is in a transaction. */
    public static boolean atWork(RunningPipeline pipeline, ServiceProcess instance)
            throws SQLException {
        return exists(pipeline, instance, "state <> 'idle'");
    }

    /** Whether one of the instance's sessions waits for a lock. */
    static boolean heldUp(RunningPipeline pipeline, ServiceProcess instance) throws SQLException {
        return exists(pipeline, instance, "wait_event_type = 'Lock'");
    }

    /** On a connection of its own: a transaction would see the same state for ever. */
    private static boolean exists(
            RunningPipeline pipeline, ServiceProcess instance, String condition)
            throws SQLException {
        try (Connection connection = pipeline.connect();
                PreparedStatement statement =
                        connection.prepareStatement(
                                "SELECT 1 FROM pg_stat_activity WHERE application_name = ? AND "
                                        + condition)) {
            statement.setString(1, instance.name());
            try (ResultSet row = statement.executeQuery()) {
                return row.next();
            }
        }
    }
}
