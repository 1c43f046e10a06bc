package io.eventpipeline.benchmarks.consuming;

import io.eventpipeline.benchmarks.processes.BenchmarkException;
import io.eventpipeline.localcluster.LocalPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Comparator;
import java.util.stream.Stream;

/** The PostgreSQL of a run, as standalone has it, with a database for each target. */
public final class BenchmarkDatabase implements AutoCloseable {

    private final Path data;
    private final LocalPostgres postgres;

    private BenchmarkDatabase(Path data, LocalPostgres postgres) {
        this.data = data;
        this.postgres = postgres;
    }

    /** Starts it on a folder of its own. */
    public static BenchmarkDatabase start(Path folder) {
        Path data = folder.resolve("postgres");
        return new BenchmarkDatabase(
                data,
                LocalPostgres.builder()
                        .dataFolder(data)
                        .logFile(folder.resolve("postgres.log"))
                        // As the product has it.
                        .setting("shared_buffers", "256MB")
                        .build()
                        .start());
    }

    /** Makes an empty database and gives its URL. */
    public String create(String name) {
        return postgres.createDatabase(name);
    }

    /** A session in a database. */
    public Session session(String url) {
        try {
            return new Session(
                    DriverManager.getConnection(url, postgres.username(), postgres.password()));
        } catch (SQLException e) {
            throw new BenchmarkException("no session with " + url, e);
        }
    }

    /** Who may do everything. */
    public String user() {
        return postgres.username();
    }

    /** That user's password. */
    public String password() {
        return postgres.password();
    }

    /** The number of the server's first process. */
    public long pid() {
        return postgres.pid();
    }

    /** Stops it and deletes its data, of which nobody has any use. */
    @Override
    public void close() {
        postgres.close();
        try (Stream<Path> files = Files.walk(data)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new BenchmarkException(data + " could not be deleted", e);
        }
    }

    /** A session. Confined to one thread. */
    public static final class Session implements AutoCloseable {

        private final Connection connection;

        private Session(Connection connection) {
            this.connection = connection;
        }

        /** Executes statements. */
        public void execute(String sql) {
            try (Statement statement = connection.createStatement()) {
                statement.execute(sql);
            } catch (SQLException e) {
                throw new BenchmarkException(sql + " failed: " + e.getMessage(), e);
            }
        }

        /** The number in the first column of the first row; 0 for NULL. */
        public long number(String sql) {
            try (Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery(sql)) {
                return row.next() ? row.getLong(1) : 0;
            } catch (SQLException e) {
                throw new BenchmarkException(sql + " failed: " + e.getMessage(), e);
            }
        }

        /**
         * Shows all rows to a reader.
         *
         * @throws SQLException if the query fails
         */
        void forEach(String sql, RowReader reader) throws SQLException {
            try (Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery(sql)) {
                while (row.next()) {
                    reader.read(row);
                }
            }
        }

        @Override
        public void close() {
            try {
                connection.close();
            } catch (SQLException e) {
                throw new BenchmarkException("a session did not end", e);
            }
        }
    }

    /** Reads the row that a result stands at. */
    @FunctionalInterface
    interface RowReader {
        void read(ResultSet row) throws SQLException;
    }
}
