package io.eventpipeline.connect;

import io.eventpipeline.localcluster.LocalPostgres;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The table that is synchronised, on one of the servers. Each call is a transaction of its own. */
final class CustomerTable {

    private final LocalPostgres server;

    CustomerTable(LocalPostgres server) {
        this.server = server;
    }

    void create() {
        execute(
                """
                CREATE TABLE customers (
                    id bigint PRIMARY KEY,
                    name text NOT NULL,
                    credit numeric(12, 2),
                    active boolean NOT NULL DEFAULT true,
                    since timestamptz NOT NULL DEFAULT now())\
                """);
    }

    void addColumn(String name) {
        execute("ALTER TABLE customers ADD COLUMN " + name + " text");
    }

    void insert(int id, String name) {
        execute(
                "INSERT INTO customers (id, name, credit) VALUES (%d, '%s', %d.25)"
                        .formatted(id, name, id));
    }

    void rename(int id, String name) {
        execute("UPDATE customers SET name = '%s' WHERE id = %d".formatted(name, id));
    }

    void set(int id, String column, String value) {
        execute("UPDATE customers SET %s = '%s' WHERE id = %d".formatted(column, value, id));
    }

    void delete(int id) {
        execute("DELETE FROM customers WHERE id = " + id);
    }

    /** The name of a customer; empty while there is no such row, or no table yet. */
    Optional<String> nameOf(int id) {
        return rows("SELECT name FROM customers WHERE id = " + id).stream().findFirst();
    }

    /** What one more column says of a customer. */
    Optional<String> valueOf(int id, String column) {
        return rows("SELECT %s FROM customers WHERE id = %d".formatted(column, id)).stream()
                .findFirst();
    }

    /** All rows with every column that the table had at first, in the order of their ids. */
    List<String> contents() {
        return rows(
                "SELECT concat_ws('|', id, name, credit, active, since AT TIME ZONE 'UTC')"
                        + " FROM customers ORDER BY id");
    }

    /** The types of the columns, as PostgreSQL calls them. */
    List<String> columns() {
        return rows(
                "SELECT column_name || ' ' || data_type FROM information_schema.columns"
                        + " WHERE table_name = 'customers' ORDER BY column_name");
    }

    /** How many bytes of its log the server keeps for a slot. */
    long bytesKeptFor(String slot) {
        return Long.parseLong(
                rows("SELECT pg_wal_lsn_diff(pg_current_wal_lsn(), confirmed_flush_lsn)::bigint"
                                + " FROM pg_replication_slots WHERE slot_name = '"
                                + slot
                                + "'")
                        .getFirst());
    }

    private void execute(String sql) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    private List<String> rows(String sql) {
        try (Connection connection = connect();
                PreparedStatement statement = connection.prepareStatement(sql);
                ResultSet result = statement.executeQuery()) {
            List<String> rows = new ArrayList<>();
            while (result.next()) {
                rows.add(String.valueOf(result.getString(1)));
            }
            return rows;
        } catch (SQLException e) {
            // The sink makes the table, and the column, when it needs them; a killed server is
            // away.
            return List.of();
        }
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection(server.jdbcUrl(), server.username(), server.password());
    }
}
