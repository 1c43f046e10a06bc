package io.eventpipeline.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.eventpipeline.localcluster.SharedCluster;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * What is committed in one PostgreSQL is in another, by change data capture and the JDBC sink: soon
 * while both are up, and completely after either was killed. With the example configurations as
 * they are, on two servers of its own.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DatabaseSynchronisationIntegrationTests {

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    /** Promised while both databases are up. */
    private static final Duration SOON = Duration.ofSeconds(3);

    private static final int ROUNDS = 4;
    private static final int ROWS = 200;
    private static final String ENVIRONMENT = "synctests";

    private SynchronisedDatabases databases;
    private CustomerTable source;
    private CustomerTable target;
    private RunningService service;

    @BeforeAll
    void start(@TempDir Path machine) {
        String kafka = SharedCluster.kafka().bootstrapServers();
        databases = new SynchronisedDatabases(ENVIRONMENT, kafka, machine);
        source = databases.source();
        target = databases.target();
        source.insert(1, "there before");
        service =
                new RunningService(
                        kafka,
                        ENVIRONMENT,
                        machine.resolve("files"),
                        databases.settings(machine.resolve("declared")));
        databases.awaitName(1, "there before");
    }

    @AfterAll
    void stop() {
        service.close();
        databases.close();
    }

    @Test
    void bringsEachChangeWithinThreeSeconds() {
        // The best of some, for a machine that is busy with other things.
        assertThat(best(id -> source.insert(id, "new"), "new")).isLessThan(SOON);
        assertThat(best(id -> source.rename(id, "renamed"), "renamed")).isLessThan(SOON);
        assertThat(best(source::delete, null)).isLessThan(SOON);
        assertThat(target.contents()).isEqualTo(source.contents());
    }

    @Test
    void makesTheTableWithFittingTypes() {
        assertThat(target.columns())
                .contains(
                        "id bigint",
                        "name text",
                        "credit numeric",
                        "active boolean",
                        "since timestamp with time zone");
    }

    @Test
    void addsAColumnThatTheSourceGot() {
        source.insert(300, "alice");
        databases.awaitName(300, "alice");

        source.addColumn("email");
        source.set(300, "email", "alice@shop.example");

        await().atMost(PATIENCE)
                .until(() ->
                        target.valueOf(300, "email").equals(Optional.of("alice@shop.example")));
    }

    @Test
    void catchesUpAfterTheSourceWasKilled() {
        databases.insert(1_000, ROWS / 2);
        databases.sourceServer().kill();
        databases.sourceServer().start();
        Instant restarted = Instant.now();
        databases.insert(1_000 + ROWS / 2, ROWS / 2);

        databases.assertCaughtUpAfter(restarted);
        databases.assertEachInsertIsOneEvent(1_000, ROWS);
    }

    @Test
    void catchesUpAfterTheTargetWasKilled() {
        databases.insert(2_000, ROWS / 2);
        databases.targetServer().kill();
        databases.insert(2_000 + ROWS / 2, ROWS / 2);
        source.rename(2_000, "renamed while the target was away");
        source.delete(2_001);
        databases.targetServer().start();

        databases.assertCaughtUpAfter(Instant.now());
        assertThat(target.nameOf(2_001)).isEmpty();
        databases.assertEachInsertIsOneEvent(2_000, ROWS);
    }

    /** The shortest time that a change took to reach the target. */
    private Duration best(IntConsumer change, @Nullable String name) {
        return IntStream.range(0, ROUNDS)
                .mapToObj(round -> 100 + round)
                .map(id -> {
                    change.accept(id);
                    Instant committed = Instant.now();
                    databases.awaitName(id, name);
                    return Duration.between(committed, Instant.now());
                })
                .min(Duration::compareTo)
                .orElseThrow();
    }
}
