package io.eventpipeline.localcluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * A real PostgreSQL server with {@code wal_level=logical} and a database, a user and a password
 * that are all {@code pipeline}. It listens on the bind address only, has no Unix socket, and runs
 * for root too. Every start is on the same data and the same port. Safe for use by several threads,
 * but start and stop it from one.
 */
public final class LocalPostgres implements AutoCloseable {

    private static final String NAME = "pipeline";
    private static final String MAINTENANCE_DATABASE = "postgres";
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(15);

    private final Path dataFolder;
    private final PostgresCluster cluster;
    private final String bindAddress;
    private final int port;
    private final Duration startTimeout;
    private final Map<String, String> settings;
    private final ServerUser user;
    private final PostgresBinaries binaries;
    private final LocalProcess process;
    private final Path logFile;

    private LocalPostgres(Builder builder) {
        dataFolder = Folders.create(Objects.requireNonNull(builder.dataFolder, "dataFolder"));
        bindAddress = builder.bindAddress;
        port = builder.port == 0 ? rememberedPort() : builder.port;
        startTimeout = builder.startTimeout;
        settings = settings(builder);
        user = ServerUser.detect();
        user.requireReach(dataFolder);
        binaries =
                PostgresBinaries.in(
                        builder.binariesFolder == null
                                ? user.binariesFolder(dataFolder)
                                : builder.binariesFolder);
        logFile = builder.logFile == null ? dataFolder.resolve("postgresql.log") : builder.logFile;
        cluster = new PostgresCluster(dataFolder, user, logFile);
        process =
                LocalProcess.builder("postgresql")
                        .command(serverCommand())
                        .environment("LC_ALL", "C")
                        .logFile(logFile)
                        .build();
    }

    /** Starts the description of a server. */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Starts the server, on new data if the folder has none, and returns when the database answers.
     *
     * @return this
     * @throws LocalClusterException if it does not within the start time-out; nothing is left
     *     running
     */
    public LocalPostgres start() {
        boolean sync = !"off".equals(settings.get("fsync"));
        cluster.prepare(binaries, username(), password(), sync, startTimeout);
        process.start();
        try {
            Readiness.await(process, "answering on port " + port, startTimeout, this::answers);
            createDatabaseIfMissing(NAME);
            return this;
        } catch (RuntimeException e) {
            process.kill();
            throw e;
        }
    }

    /** Stops it in order, ending open sessions (PostgreSQL's fast shutdown); kills after 15 s. */
    public void stop() {
        process.stop(Signal.INT, STOP_TIMEOUT);
    }

    /** Kills the whole server at once (SIGKILL, the sessions' processes too). */
    public void kill() {
        process.kill();
    }

    /** Freezes the whole server (SIGSTOP): connections stay open, nothing answers. */
    public void suspend() {
        process.suspend();
    }

    /** Wakes the whole server (SIGCONT). */
    public void resume() {
        process.resume();
    }

    /** Stops it in order if it runs, and starts it. */
    public void restart() {
        stop();
        start();
    }

    /** Stops the server; the data stays. */
    @Override
    public void close() {
        stop();
    }

    /** Whether the server runs; a frozen one does. */
    public boolean isAlive() {
        return process.isAlive();
    }

    /** The number of the server's first process. */
    public long pid() {
        return process.pid();
    }

    /** The URL of the database {@code pipeline}. */
    public String jdbcUrl() {
        return jdbcUrl(NAME);
    }

    /** The URL of any database of this server. */
    public String jdbcUrl(String database) {
        return "jdbc:postgresql://%s:%d/%s".formatted(reachable(), port, database);
    }

    /** The user, who owns every database. */
    public String username() {
        return NAME;
    }

    /** The user's password. */
    public String password() {
        return NAME;
    }

    /** The port it listens on. */
    public int port() {
        return port;
    }

    /** What it logs. */
    public Path logFile() {
        return logFile;
    }

    /**
     * Makes a database, empty, for the user {@code pipeline}.
     *
     * @param database its name: lower-case letters, digits and underscores
     * @return its URL
     * @throws LocalClusterException if it exists or the server is away
     */
    public String createDatabase(String database) {
        if (!database.matches("[a-z_][a-z0-9_]*")) {
            throw new IllegalArgumentException("not a database name: " + database);
        }
        try (Connection connection = connect(MAINTENANCE_DATABASE);
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + database);
            return jdbcUrl(database);
        } catch (SQLException e) {
            throw new LocalClusterException("could not create the database " + database, e);
        }
    }

    private void createDatabaseIfMissing(String database) {
        try (Connection connection = connect(MAINTENANCE_DATABASE);
                Statement statement = connection.createStatement();
                ResultSet found =
                        statement.executeQuery(
                                "SELECT 1 FROM pg_database WHERE datname = '" + database + "'")) {
            if (found.next()) {
                return;
            }
        } catch (SQLException e) {
            throw new LocalClusterException("could not look for the database " + database, e);
        }
        createDatabase(database);
    }

    private boolean answers() {
        if (!Readiness.accepts(reachable(), port)) {
            return false;
        }
        try (Connection connection = connect(MAINTENANCE_DATABASE)) {
            return connection.isValid(1);
        } catch (SQLException e) {
            return false;
        }
    }

    private Connection connect(String database) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", username());
        properties.setProperty("password", password());
        properties.setProperty("connectTimeout", "2");
        properties.setProperty("socketTimeout", "30");
        return DriverManager.getConnection(jdbcUrl(database), properties);
    }

    private List<String> serverCommand() {
        List<String> command = new ArrayList<>(user.prefix());
        command.add(binaries.program("postgres"));
        command.add("-D");
        command.add(cluster.folder().toString());
        settings.forEach((key, value) -> {
            command.add("-c");
            command.add(key + "=" + value);
        });
        return command;
    }

    private Map<String, String> settings(Builder builder) {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("port", Integer.toString(port));
        all.put("listen_addresses", bindAddress);
        all.put("unix_socket_directories", "");
        all.put("wal_level", "logical");
        all.put("max_connections", "100");
        all.put("shared_buffers", "64MB");
        // Reads here come from the page cache; the workers of the default would only idle.
        all.put("io_method", "sync");
        all.put("jit", "off");
        all.putAll(builder.settings);
        return all;
    }

    private String reachable() {
        return bindAddress.equals("0.0.0.0") || bindAddress.equals("::")
                ? "localhost"
                : bindAddress;
    }

    private int rememberedPort() {
        Path file = dataFolder.resolve("port");
        try {
            if (Files.exists(file)) {
                return Integer.parseInt(Files.readString(file).trim());
            }
            int free = FreePorts.take(bindAddress, 1).getFirst();
            Files.writeString(file, Integer.toString(free));
            return free;
        } catch (IOException e) {
            throw new LocalClusterException("could not read or write " + file, e);
        }
    }

    /** Describes a server. */
    public static final class Builder {
        private @Nullable Path dataFolder;
        private @Nullable Path logFile;
        private @Nullable Path binariesFolder;
        private int port;
        private String bindAddress = "127.0.0.1";
        private Duration startTimeout = Duration.ofSeconds(60);
        private final Map<String, String> settings = new LinkedHashMap<>();

        private Builder() {}

        /** Where the data lives; required. */
        public Builder dataFolder(Path folder) {
            dataFolder = folder;
            return this;
        }

        /** Where the log goes; into the data folder if not given. */
        public Builder logFile(Path file) {
            logFile = file;
            return this;
        }

        /** Where the programs are unpacked once; the user's cache folder if not given. */
        public Builder binariesFolder(Path folder) {
            binariesFolder = folder;
            return this;
        }

        /** The port; that of before or a free one if not given. */
        public Builder port(int number) {
            port = number;
            return this;
        }

        /** The only address that is listened on; 127.0.0.1 if not given. */
        public Builder bindAddress(String address) {
            bindAddress = address;
            return this;
        }

        /** One setting of postgresql.conf, stronger than what this class sets. */
        public Builder setting(String key, String value) {
            settings.put(key, value);
            return this;
        }

        /** How long each wait at the start may take; 60 s if not given. */
        public Builder startTimeout(Duration timeout) {
            startTimeout = timeout;
            return this;
        }

        /** A server that is not started yet. */
        public LocalPostgres build() {
            return new LocalPostgres(this);
        }
    }
}
