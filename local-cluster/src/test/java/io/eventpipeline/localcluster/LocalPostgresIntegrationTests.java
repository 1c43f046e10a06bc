package io.eventpipeline.localcluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is committed stays, whatever happens to the server; on a PostgreSQL of its own. */
class LocalPostgresIntegrationTests {

    @TempDir private Path folder;
    private LocalPostgres postgres;

    @BeforeEach
    void startServer() throws SQLException {
        postgres = LocalPostgres.builder().dataFolder(folder).build().start();
        execute("CREATE TABLE shipment (id text)");
    }

    @AfterEach
    void stopServer() {
        postgres.close();
    }

    @Test
    void committedRowsSurviveKillAndRestart() throws SQLException {
        execute("INSERT INTO shipment VALUES ('S-1')");
        int port = postgres.port();

        postgres.kill();
        assertThat(postgres.isAlive()).isFalse();
        postgres.start();

        assertThat(postgres.port()).isEqualTo(port);
        assertThat(rows()).isEqualTo(1);
    }

    @Test
    void killWorksWhileItIsSuspendedWithOpenSessions() throws SQLException {
        try (Connection open = connect()) {
            assertThat(open.isValid(5)).isTrue();
            postgres.suspend();
            postgres.kill();
            postgres.start();
        }
        assertThat(rows()).isZero();
    }

    @Test
    void suspendedServerAnswersNothingUntilItIsResumed() throws SQLException {
        try (Connection open = connect()) {
            postgres.suspend();
            assertThat(open.isValid(1)).isFalse();
        }
        assertThatThrownBy(this::rows).isInstanceOf(SQLException.class);

        postgres.resume();
        assertThat(rows()).isZero();
    }

    @Test
    void stopEndsOpenSessionsAndRestartKeepsTheData() throws SQLException {
        try (Connection open = connect()) {
            execute("INSERT INTO shipment VALUES ('S-1')");
            postgres.restart();
            assertThat(open.isValid(5)).isFalse();
        }
        assertThat(rows()).isEqualTo(1);
    }

    @Test
    void laterServerOnTheSameFolderGoesOnWithDataAndPort() throws SQLException {
        execute("INSERT INTO shipment VALUES ('S-1')");
        String url = postgres.jdbcUrl();
        postgres.close();

        postgres = LocalPostgres.builder().dataFolder(folder).build().start();

        assertThat(postgres.jdbcUrl()).isEqualTo(url);
        assertThat(rows()).isEqualTo(1);
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private int rows() throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery("SELECT count(*) FROM shipment")) {
            found.next();
            return found.getInt(1);
        }
    }

    private Connection connect() throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", postgres.username());
        properties.setProperty("password", postgres.password());
        properties.setProperty("connectTimeout", "2");
        properties.setProperty("socketTimeout", "2");
        return DriverManager.getConnection(postgres.jdbcUrl(), properties);
    }
}
