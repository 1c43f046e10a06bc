package io.eventpipeline.systemtests.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.eventpipeline.localcluster.SharedCluster;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The proxy hits the moment that it names, on a real PostgreSQL and with the driver's own words.
 */
class DatabaseProxyTests {

    private static final String MOVE = "UPDATE consumer_offset SET next_offset = ?";

    private String url = "";
    private DatabaseProxy door = new DatabaseProxy(1);

    @BeforeEach
    void openDoor() throws SQLException {
        url = SharedCluster.newDatabase();
        door.close();
        door = new DatabaseProxy(portOf(url));
        try (Connection direct = open(url);
                Statement statement = direct.createStatement()) {
            statement.execute("CREATE TABLE consumer_offset (next_offset bigint)");
            statement.execute("INSERT INTO consumer_offset VALUES (0)");
        }
    }

    @AfterEach
    void closeDoor() {
        door.close();
    }

    @Test
    void cutsBetweenCommitAndAnswer() throws SQLException {
        try (Connection client = open(throughDoor())) {
            client.setAutoCommit(false);
            move(client, 1);
            client.commit();
            Trap trap = door.set(Moment.AFTER_COMMIT);
            move(client, 2);
            CompletableFuture<Void> commit = commitInBackground(client);
            trap.awaitCatch().awaitCommitted();
            trap.cut();

            assertThatThrownBy(commit::join).hasRootCauseInstanceOf(java.io.IOException.class);
            assertThat(stored()).isEqualTo(2);
        }
    }

    @Test
    void cutsBeforeCommitGetsThere() throws SQLException {
        try (Connection client = open(throughDoor())) {
            client.setAutoCommit(false);
            Trap trap = door.set(Moment.BEFORE_COMMIT);
            move(client, 1);
            CompletableFuture<Void> commit = commitInBackground(client);
            trap.awaitCatch().cut();

            assertThatThrownBy(commit::join).hasRootCauseInstanceOf(java.io.IOException.class);
            assertThat(stored()).isZero();
        }
    }

    @Test
    void holdsAMoveUntilItIsReleased() throws SQLException {
        try (Connection client = open(throughDoor())) {
            client.setAutoCommit(false);
            Trap trap = door.set(Moment.BEFORE_MOVE);
            CompletableFuture<Void> moved = CompletableFuture.runAsync(() -> moveAndCommit(client));
            trap.awaitCatch();
            try (Connection other = open(url)) {
                // Nothing is locked.
                move(other, 5);
            }

            trap.release();
            moved.join();

            assertThat(stored()).isEqualTo(1);
        }
    }

    private static void moveAndCommit(Connection client) {
        try {
            move(client, 1);
            client.commit();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static CompletableFuture<Void> commitInBackground(Connection client) {
        return CompletableFuture.runAsync(() -> {
            try {
                client.commit();
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    private static void move(Connection connection, long next) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(MOVE)) {
            statement.setLong(1, next);
            statement.executeUpdate();
        }
    }

    private long stored() throws SQLException {
        try (Connection direct = open(url);
                Statement statement = direct.createStatement();
                ResultSet row = statement.executeQuery("SELECT next_offset FROM consumer_offset")) {
            row.next();
            return row.getLong(1);
        }
    }

    private String throughDoor() {
        return url.replace(":" + portOf(url) + "/", ":" + door.port() + "/");
    }

    private static int portOf(String url) {
        return Integer.parseInt(url.replaceFirst(".*:(\\d+)/.*", "$1"));
    }

    private static Connection open(String url) throws SQLException {
        return DriverManager.getConnection(url, "pipeline", "pipeline");
    }
}
