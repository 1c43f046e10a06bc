package io.eventpipeline.systemtests.bulk;

import io.eventpipeline.systemtests.history.ChangeLog;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * Triggers on the table of orders that log each statement, with the range of each partition that it
 * wrote, instead of each row: what a million rows can bear. Beside them {@link ChangeLog} logs each
 * change of a stored offset.
 */
final class RowLog {

    private static final String INSTALL =
            """
            CREATE TABLE system_tests.rows_written (
                number       bigint  GENERATED ALWAYS AS IDENTITY,
                transaction  bigint  NOT NULL DEFAULT pg_current_xact_id()::text::bigint,
                kind         text    NOT NULL,
                partition    integer NOT NULL,
                first_offset bigint  NOT NULL,
                last_offset  bigint  NOT NULL,
                rows         bigint  NOT NULL
            );

            CREATE FUNCTION system_tests.log_rows_written() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                INSERT INTO system_tests.rows_written
                    (kind, partition, first_offset, last_offset, rows)
                SELECT TG_OP, source_partition, min(source_offset), max(source_offset), count(*)
                FROM touched GROUP BY source_partition;
                RETURN NULL;
            END $$;

            CREATE TRIGGER log_inserts AFTER INSERT ON orders REFERENCING NEW TABLE AS touched
                FOR EACH STATEMENT EXECUTE FUNCTION system_tests.log_rows_written();
            CREATE TRIGGER log_updates AFTER UPDATE ON orders REFERENCING NEW TABLE AS touched
                FOR EACH STATEMENT EXECUTE FUNCTION system_tests.log_rows_written();
            CREATE TRIGGER log_deletes AFTER DELETE ON orders REFERENCING OLD TABLE AS touched
                FOR EACH STATEMENT EXECUTE FUNCTION system_tests.log_rows_written();
            """;

    /**
     * What a committed statement did to the rows of one partition.
     *
     * @param transaction the database transaction
     * @param kind INSERT; anything else should not be
     * @param partition the records' partition
     * @param first the lowest offset of the records
     * @param last the highest
     * @param rows how many rows
     */
    record Written(
            long transaction, String kind, int partition, long first, long last, long rows) {}

    private RowLog() {}

    static void install(Connection connection) throws SQLException {
        ChangeLog.install(connection, INSTALL);
    }

    static List<Written> read(Connection connection) throws SQLException {
        List<Written> all = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet row =
                        statement.executeQuery(
                                "SELECT * FROM system_tests.rows_written ORDER BY number")) {
            while (row.next()) {
                all.add(
                        new Written(
                                row.getLong("transaction"),
                                row.getString("kind"),
                                row.getInt("partition"),
                                row.getLong("first_offset"),
                                row.getLong("last_offset"),
                                row.getLong("rows")));
            }
        }
        return all;
    }
}
