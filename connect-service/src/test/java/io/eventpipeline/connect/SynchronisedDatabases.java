package io.eventpipeline.connect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.eventpipeline.localcluster.LocalPostgres;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Two servers with a table that the examples keep the same, and what must be true of it. */
final class SynchronisedDatabases implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    /** Promised after the restart of what was killed. */
    private static final Duration CAUGHT_UP = Duration.ofSeconds(60);

    private final String environment;
    private final String bootstrapServers;
    private final LocalPostgres sourceServer;
    private final LocalPostgres targetServer;
    private final CustomerTable source;
    private final CustomerTable target;

    SynchronisedDatabases(String environment, String bootstrapServers, Path folder) {
        this.environment = environment;
        this.bootstrapServers = bootstrapServers;
        sourceServer = postgres(folder.resolve("source"));
        targetServer = postgres(folder.resolve("target"));
        source = new CustomerTable(sourceServer);
        target = new CustomerTable(targetServer);
        source.create();
    }

    /** What the service is started with: the examples as they are, and where the servers are. */
    String[] settings(Path declared) {
        return new String[] {
            Examples.declared(declared, "database-source", "database-sink"),
            "--pipeline.connect.declared.built-in=",
            "--pipeline.sync.source.host=127.0.0.1",
            "--pipeline.sync.source.port=" + sourceServer.port(),
            "--pipeline.sync.source.database=pipeline",
            "--pipeline.sync.target.host=127.0.0.1",
            "--pipeline.sync.target.port=" + targetServer.port(),
            "--pipeline.sync.target.database=pipeline"
        };
    }

    LocalPostgres sourceServer() {
        return sourceServer;
    }

    LocalPostgres targetServer() {
        return targetServer;
    }

    CustomerTable source() {
        return source;
    }

    CustomerTable target() {
        return target;
    }

    void insert(int first, int count) {
        IntStream.range(first, first + count).forEach(id -> source.insert(id, "customer " + id));
    }

    /** Waits until the target calls a customer so; null: until it has none of this id. */
    void awaitName(int id, @Nullable String name) {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> target.nameOf(id).equals(Optional.ofNullable(name)));
    }

    /** Waits until both tables are the same, which must be so soon after a restart. */
    void assertCaughtUpAfter(Instant restarted) {
        List<String> expected = source.contents();
        assertThat(expected).isNotEmpty();
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(target.contents()).isEqualTo(expected));
        assertThat(Duration.between(restarted, Instant.now())).isLessThan(CAUGHT_UP);
    }

    /** A row that was captured twice would be one row all the same, but two events. */
    void assertEachInsertIsOneEvent(int first, int count) {
        String topic = "sync.customers." + environment + ".public.customers";
        List<Integer> inserted =
                CommittedRecords.of(bootstrapServers, topic).stream()
                        .filter(event -> event.value() != null)
                        .map(event ->
                                JsonMapper.shared()
                                        .readTree(new String(event.value(), UTF_8))
                                        .at("/payload"))
                        .filter(change -> change.at("/op").asString().equals("c"))
                        .map(change -> change.at("/after/id").asInt())
                        .filter(id -> id >= first && id < first + count)
                        .sorted()
                        .toList();
        assertThat(inserted).isEqualTo(IntStream.range(first, first + count).boxed().toList());
    }

    @Override
    public void close() {
        sourceServer.close();
        targetServer.close();
    }

    private static LocalPostgres postgres(Path folder) {
        return LocalPostgres.builder().dataFolder(folder).setting("fsync", "off").build().start();
    }
}
