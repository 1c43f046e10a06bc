package io.eventpipeline.systemtests.history;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * Triggers on the tables of consumer-service, which log each committed change of a row in the order
 * of storing. They lie in a schema of their own, and consumer-service knows nothing of them.
 * Install them before anything is sent.
 */
public final class ChangeLog {

    private static final String ROWS =
            """
            CREATE TABLE system_tests.row_change (
                number           bigint      GENERATED ALWAYS AS IDENTITY,
                transaction      bigint      NOT NULL DEFAULT pg_current_xact_id()::text::bigint,
                kind             text        NOT NULL,
                table_name       text        NOT NULL,
                order_id         text        NOT NULL,
                customer         text        NOT NULL,
                source_partition integer     NOT NULL,
                source_offset    bigint      NOT NULL,
                at               timestamptz NOT NULL DEFAULT clock_timestamp()
            );

            CREATE FUNCTION system_tests.log_row_change() RETURNS trigger LANGUAGE plpgsql AS $$
            DECLARE
                changed record;
            BEGIN
                IF TG_OP = 'DELETE' THEN changed := OLD; ELSE changed := NEW; END IF;
                INSERT INTO system_tests.row_change
                    (kind, table_name, order_id, customer, source_partition, source_offset)
                VALUES
                    (TG_OP, TG_TABLE_NAME, changed.order_id, changed.customer,
                     changed.source_partition, changed.source_offset);
                RETURN NULL;
            END $$;

            CREATE TRIGGER log_row_change AFTER INSERT OR UPDATE OR DELETE ON orders
                FOR EACH ROW EXECUTE FUNCTION system_tests.log_row_change();
            CREATE TRIGGER log_row_change AFTER INSERT OR UPDATE OR DELETE ON shipments
                FOR EACH ROW EXECUTE FUNCTION system_tests.log_row_change();
            """;

    private static final String OFFSETS =
            """
            CREATE TABLE system_tests.offset_move (
                number        bigint      GENERATED ALWAYS AS IDENTITY,
                transaction   bigint      NOT NULL DEFAULT pg_current_xact_id()::text::bigint,
                group_id      text        NOT NULL,
                topic         text        NOT NULL,
                partition     integer     NOT NULL,
                from_offset   bigint      NOT NULL,
                to_offset     bigint      NOT NULL,
                stored        bigint      NOT NULL,
                repeats       bigint      NOT NULL,
                dead_lettered bigint      NOT NULL,
                owner         text        NOT NULL,
                at            timestamptz NOT NULL DEFAULT clock_timestamp()
            );

            CREATE FUNCTION system_tests.log_offset_move() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                CASE TG_OP
                    WHEN 'INSERT' THEN
                        INSERT INTO system_tests.offset_move
                            (group_id, topic, partition, from_offset, to_offset,
                             stored, repeats, dead_lettered, owner)
                        VALUES
                            (NEW.group_id, NEW.topic, NEW.partition, NEW.next_offset,
                             NEW.next_offset, NEW.rows_stored, NEW.repeats_dropped,
                             NEW.dead_lettered, NEW.owner);
                    WHEN 'UPDATE' THEN
                        INSERT INTO system_tests.offset_move
                            (group_id, topic, partition, from_offset, to_offset,
                             stored, repeats, dead_lettered, owner)
                        VALUES
                            (NEW.group_id, NEW.topic, NEW.partition, OLD.next_offset,
                             NEW.next_offset, NEW.rows_stored - OLD.rows_stored,
                             NEW.repeats_dropped - OLD.repeats_dropped,
                             NEW.dead_lettered - OLD.dead_lettered, NEW.owner);
                    WHEN 'DELETE' THEN
                        INSERT INTO system_tests.offset_move
                            (group_id, topic, partition, from_offset, to_offset,
                             stored, repeats, dead_lettered, owner)
                        VALUES
                            (OLD.group_id, OLD.topic, OLD.partition, OLD.next_offset, -1,
                             0, 0, 0, OLD.owner);
                END CASE;
                RETURN NULL;
            END $$;

            CREATE TRIGGER log_offset_move AFTER INSERT OR UPDATE OR DELETE ON consumer_offset
                FOR EACH ROW EXECUTE FUNCTION system_tests.log_offset_move();

            -- The rows that were made before; the trigger keeps writers out until the commit.
            INSERT INTO system_tests.offset_move
                (group_id, topic, partition, from_offset, to_offset,
                 stored, repeats, dead_lettered, owner)
            SELECT group_id, topic, partition, next_offset, next_offset,
                   rows_stored, repeats_dropped, dead_lettered, owner
            FROM consumer_offset;
            """;

    private ChangeLog() {}

    /** Installs the triggers. */
    public static void install(Connection connection) throws SQLException {
        install(connection, ROWS);
    }

    /**
     * Installs the triggers on stored offsets, and others in the place of those on each row.
     *
     * @param rows SQL that makes them
     */
    public static void install(Connection connection, String rows) throws SQLException {
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE SCHEMA system_tests");
            statement.execute(rows);
            statement.execute(OFFSETS);
        }
        connection.commit();
        connection.setAutoCommit(true);
    }

    static List<RowChange> rowChanges(Connection connection, String table) throws SQLException {
        List<RowChange> changes = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet row =
                        statement.executeQuery(
                                "SELECT * FROM system_tests.row_change WHERE table_name = '"
                                        + table
                                        + "' ORDER BY number")) {
            while (row.next()) {
                changes.add(
                        new RowChange(
                                row.getLong("number"),
                                row.getLong("transaction"),
                                RowChange.Kind.valueOf(row.getString("kind")),
                                row.getString("order_id"),
                                row.getString("customer"),
                                row.getInt("source_partition"),
                                row.getLong("source_offset"),
                                row.getTimestamp("at").toInstant()));
            }
        }
        return changes;
    }

    /** Each change of a stored offset, in the order of storing. */
    public static List<OffsetMove> offsetMoves(Connection connection) throws SQLException {
        List<OffsetMove> moves = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet row =
                        statement.executeQuery(
                                "SELECT * FROM system_tests.offset_move ORDER BY number")) {
            while (row.next()) {
                moves.add(
                        new OffsetMove(
                                row.getLong("number"),
                                row.getLong("transaction"),
                                row.getString("group_id"),
                                row.getString("topic"),
                                row.getInt("partition"),
                                row.getLong("from_offset"),
                                row.getLong("to_offset"),
                                row.getLong("stored"),
                                row.getLong("repeats"),
                                row.getLong("dead_lettered"),
                                row.getString("owner"),
                                row.getTimestamp("at").toInstant()));
            }
        }
        return moves;
    }
}
