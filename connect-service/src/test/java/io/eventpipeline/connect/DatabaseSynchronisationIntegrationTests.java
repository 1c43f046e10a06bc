package io.eventpipeline.connect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.eventpipeline.localcluster.LocalPostgres;
import io.eventpipeline.localcluster.SharedCluster;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

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

    /** Promised after the restart of a killed database. */
    private static final Duration CAUGHT_UP = Duration.ofSeconds(60);

    private static final int ROUNDS = 4;
    private static final int ROWS = 200;
    private static final String ENVIRONMENT = "synctests";
    private static final String TOPIC = "sync.customers." + ENVIRONMENT + ".public.customers";

    private LocalPostgres sourceServer;
    private LocalPostgres targetServer;
    private CustomerTable source;
    private CustomerTable target;
    private RunningService service;

    @BeforeAll
    void start(@TempDir Path machine) {
        sourceServer = postgres(machine.resolve("source"));
        targetServer = postgres(machine.resolve("target"));
        source = new CustomerTable(sourceServer);
        target = new CustomerTable(targetServer);
        source.create();
        source.insert(1, "there before");
        service =
                new RunningService(
                        SharedCluster.kafka().bootstrapServers(),
                        ENVIRONMENT,
                        machine.resolve("files"),
                        Examples.declared(
                                machine.resolve("declared"), "database-source", "database-sink"),
                        "--pipeline.connect.declared.built-in=",
                        "--pipeline.sync.source.host=127.0.0.1",
                        "--pipeline.sync.source.port=" + sourceServer.port(),
                        "--pipeline.sync.source.database=pipeline",
                        "--pipeline.sync.target.host=127.0.0.1",
                        "--pipeline.sync.target.port=" + targetServer.port(),
                        "--pipeline.sync.target.database=pipeline");
        awaitName(1, "there before");
    }

    @AfterAll
    void stop() {
        service.close();
        sourceServer.close();
        targetServer.close();
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
        awaitName(300, "alice");

        source.addColumn("email");
        source.set(300, "email", "alice@shop.example");

        await().atMost(PATIENCE)
                .until(() ->
                        target.valueOf(300, "email").equals(Optional.of("alice@shop.example")));
    }

    @Test
    void catchesUpAfterTheSourceWasKilled() {
        insert(1_000, ROWS / 2);
        sourceServer.kill();
        sourceServer.start();
        Instant restarted = Instant.now();
        insert(1_000 + ROWS / 2, ROWS / 2);

        awaitEqualTables();
        assertThat(Duration.between(restarted, Instant.now())).isLessThan(CAUGHT_UP);
        assertEachInsertIsOneEvent(1_000);
    }

    @Test
    void catchesUpAfterTheTargetWasKilled() {
        insert(2_000, ROWS / 2);
        targetServer.kill();
        insert(2_000 + ROWS / 2, ROWS / 2);
        source.rename(2_000, "renamed while the target was away");
        source.delete(2_001);
        targetServer.start();
        Instant restarted = Instant.now();

        awaitEqualTables();
        assertThat(Duration.between(restarted, Instant.now())).isLessThan(CAUGHT_UP);
        assertThat(target.nameOf(2_001)).isEmpty();
        assertEachInsertIsOneEvent(2_000);
    }

    /** The shortest time that a change took to reach the target. */
    private Duration best(IntConsumer change, @Nullable String name) {
        return IntStream.range(0, ROUNDS)
                .mapToObj(round -> 100 + round)
                .map(id -> {
                    change.accept(id);
                    Instant committed = Instant.now();
                    awaitName(id, name);
                    return Duration.between(committed, Instant.now());
                })
                .min(Duration::compareTo)
                .orElseThrow();
    }

    private void awaitName(int id, @Nullable String name) {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> target.nameOf(id).equals(Optional.ofNullable(name)));
    }

    private void insert(int first, int count) {
        IntStream.range(first, first + count).forEach(id -> source.insert(id, "customer " + id));
    }

    private void awaitEqualTables() {
        List<String> expected = source.contents();
        assertThat(expected).hasSizeGreaterThan(ROWS);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(target.contents()).isEqualTo(expected));
    }

    /** A row that was captured twice would be one row all the same, but two events. */
    private void assertEachInsertIsOneEvent(int first) {
        List<Integer> inserted =
                CommittedRecords.of(SharedCluster.kafka().bootstrapServers(), TOPIC).stream()
                        .filter(record -> record.value() != null)
                        .map(record ->
                                JsonMapper.shared()
                                        .readTree(new String(record.value(), UTF_8))
                                        .at("/payload"))
                        .filter(change -> change.at("/op").asString().equals("c"))
                        .map(change -> change.at("/after/id").asInt())
                        .filter(id -> id >= first && id < first + ROWS)
                        .sorted()
                        .toList();
        assertThat(inserted).isEqualTo(IntStream.range(first, first + ROWS).boxed().toList());
    }

    private static LocalPostgres postgres(Path folder) {
        return LocalPostgres.builder().dataFolder(folder).setting("fsync", "off").build().start();
    }
}
