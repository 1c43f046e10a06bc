package io.eventpipeline.consumer;

import static io.eventpipeline.consumer.TestEvents.ALICE;
import static io.eventpipeline.consumer.TestEvents.order;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.eventpipeline.consumer.archive.ArchivedTopics;
import io.eventpipeline.localcluster.LocalPostgres;
import io.eventpipeline.localcluster.SharedCluster;
import io.eventpipeline.model.archive.ArchiveCheck;
import io.eventpipeline.model.topic.PipelineTopic;
import io.eventpipeline.model.topic.TopicCatalogue;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.JdbcTemplate;
import tools.jackson.databind.JsonNode;

/**
 * C1: a store that is away stops its own groups only. PostgreSQL is stopped and killed under load;
 * the archive goes on as if nothing had happened, nobody leaves a group, no good record becomes a
 * dead letter, and the tables catch up.
 */
class ArchiveIsolationIntegrationTests {

    private static final Duration RECOVERED = Duration.ofMinutes(2);
    private static final String ENVIRONMENT = "isolation";

    private final String bootstrap = SharedCluster.kafka().bootstrapServers();
    private final String orders = new TopicCatalogue(ENVIRONMENT).name(PipelineTopic.ORDER_PLACED);
    private final AtomicInteger sent = new AtomicInteger();

    @TempDir private Path temporary;

    @Test
    @DisplayName("C1 a store that is away stops its own groups only, and they catch up")
    void theArchiveNeverNoticesThatPostgreSqlIsAway() {
        Path folder = temporary.resolve("archive");
        try (LocalPostgres postgres =
                        LocalPostgres.builder()
                                .dataFolder(temporary.resolve("postgresql"))
                                .setting("fsync", "off")
                                .build()
                                .start();
                RunningService service =
                        RunningService.start(
                                bootstrap,
                                postgres.jdbcUrl(),
                                ENVIRONMENT,
                                "--pipeline.consumer.archive.folder=" + folder,
                                "--pipeline.consumer.archive.max-age=300ms");
                Sender sender = new Sender(bootstrap, null);
                ScheduledExecutorService customers = Executors.newSingleThreadScheduledExecutor()) {
            ScheduledFuture<?> sending =
                    customers.scheduleWithFixedDelay(
                            () -> send(sender), 0, 5, TimeUnit.MILLISECONDS);
            awaitEveryPartitionAssigned(service);
            awaitStored(service, sent.get() + 100);
            List<String> rebalances = rebalances(service);

            postgres.stop();
            awaitArchivedWhileTablesWait(service, folder);
            postgres.start();
            awaitStored(service, sent.get());
            postgres.kill();
            awaitArchivedWhileTablesWait(service, folder);
            postgres.start();
            awaitStored(service, sent.get());

            sending.cancel(false);
            awaitStored(service, sent.get());
            ArchivedTopics archived = new ArchivedTopics(bootstrap, folder, orders);
            await().atMost(RECOVERED).untilAsserted(archived::assertArchivedOnce);
            assertThat(rebalances(service)).isEqualTo(rebalances);
            assertThat(metrics(service))
                    .noneMatch(line -> line.startsWith("pipeline_consumer_dead_letters_total"));
            assertThat(metrics(service))
                    .noneMatch(line ->
                            line.startsWith(
                                    "pipeline_consumer_suspensions_total{group=\"archive\""))
                    .anyMatch(line ->
                            line.startsWith(
                                    "pipeline_consumer_suspensions_total{group=\"shipments\""));
        }
    }

    private void send(Sender sender) {
        String id = "o-" + (sent.get() + 1);
        sender.send(orders, id, order(id, ALICE));
        sent.incrementAndGet();
    }

    /** What was sent during the outage is archived while the tables still wait. */
    private void awaitArchivedWhileTablesWait(RunningService service, Path folder) {
        await().atMost(RECOVERED)
                .untilAsserted(
                        () -> assertThat(state(service, "shipments")).isEqualTo("suspended"));
        int before = sent.get();
        await().atMost(RECOVERED).until(() -> ArchiveCheck.of(folder).records() > before + 50);
        assertThat(state(service, "archive")).isEqualTo("running");
        assertThat(state(service, "shipments")).isEqualTo("suspended");
        JsonNode listeners = service.json("/actuator/health").at("/components/listeners");
        assertThat(listeners.get("status").stringValue()).isEqualTo("DEGRADED");
        assertThat(listeners.at("/details/shipments/reason").stringValue("")).isNotBlank();
        assertThat(metrics(service))
                .contains("pipeline_consumer_members_suspended{group=\"archive\"} 0.0")
                .doesNotContain("pipeline_consumer_members_suspended{group=\"shipments\"} 0.0");
        assertThat(service.json("/actuator/lag").get("partitions"))
                .filteredOn(lag -> lag.get("group").stringValue().equals("archive"))
                .isNotEmpty()
                .noneMatch(lag -> lag.get("stale").booleanValue());
    }

    /**
     * Members that join one after the other rebalance their group; that is not the outage's doing.
     */
    private void awaitEveryPartitionAssigned(RunningService service) {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap))) {
            await().atMost(RECOVERED)
                    .ignoreExceptions()
                    .untilAsserted(() ->
                            assertThat(service.json("/listeners").values())
                                    .isNotEmpty()
                                    .allSatisfy(listener ->
                                            assertEveryPartitionAssigned(listener, admin)));
        }
    }

    private static void assertEveryPartitionAssigned(JsonNode listener, Admin admin)
            throws Exception {
        List<String> topics =
                listener.get("topics").valueStream().map(JsonNode::stringValue).toList();
        int partitions =
                admin
                        .describeTopics(topics)
                        .allTopicNames()
                        .get(20, TimeUnit.SECONDS)
                        .values()
                        .stream()
                        .mapToInt(topic -> topic.partitions().size())
                        .sum();
        assertThat(listener.get("partitions")).hasSize(partitions);
        assertThat(listener.path("note").isMissingNode() || listener.path("note").isNull())
                .isTrue();
    }

    private static String state(RunningService service, String listener) {
        return service.json("/actuator/health")
                .at("/components/listeners/details/" + listener + "/state")
                .stringValue("");
    }

    private static List<String> rebalances(RunningService service) {
        return metrics(service).stream()
                .filter(line -> line.startsWith("pipeline_consumer_partitions_rebalanced"))
                .sorted()
                .toList();
    }

    private static List<String> metrics(RunningService service) {
        return service.get("/actuator/prometheus").body().lines().toList();
    }

    private static void awaitStored(RunningService service, int expected) {
        await().atMost(RECOVERED)
                .ignoreExceptions()
                .until(() -> {
                    Long stored =
                            service.bean(JdbcTemplate.class)
                                    .queryForObject("SELECT count(*) FROM orders", Long.class);
                    return stored != null && stored >= expected;
                });
    }
}
