package io.eventpipeline.consumer;

import static io.eventpipeline.consumer.TestEvents.ALICE;
import static io.eventpipeline.consumer.TestEvents.order;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.eventpipeline.consumer.BrokenCommits.Fault;
import io.eventpipeline.localcluster.SharedCluster;
import io.eventpipeline.model.topic.PipelineTopic;
import io.eventpipeline.model.topic.TopicCatalogue;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import tools.jackson.databind.JsonNode;

/**
 * Each event is in its table once although a commit is not answered, another writer moves the
 * offset, the process ends between the two commits, or the log is not what it was. On one broker
 * and one database, with one partition a test.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FailureIntegrationTests {

    private static final Duration RECOVERED = Duration.ofSeconds(60);
    private static final String ENVIRONMENT = "failure";
    private static final String[] SETTINGS = {
        "--pipeline.consumer.retry.alarm-recheck=1s", "--pipeline.consumer.retry.topic-check=1s"
    };

    private final String bootstrap = SharedCluster.kafka().bootstrapServers();
    private final String jdbcUrl = SharedCluster.newDatabase();
    private final String orders = new TopicCatalogue(ENVIRONMENT).name(PipelineTopic.ORDER_PLACED);
    private final String payments =
            new TopicCatalogue(ENVIRONMENT).name(PipelineTopic.PAYMENT_CAPTURED);
    private RunningService service;
    private Sender sender;
    private Admin admin;
    private final JdbcTemplate database =
            new JdbcTemplate(
                    new DriverManagerDataSource(
                            jdbcUrl,
                            SharedCluster.postgres().username(),
                            SharedCluster.postgres().password()));

    @BeforeAll
    void start() {
        startService();
        sender = new Sender(bootstrap, null);
        admin = Admin.create(Map.of("bootstrap.servers", bootstrap));
    }

    @AfterAll
    void stop() {
        admin.close();
        sender.close();
        service.close();
    }

    @Test
    void resolvesACommitThatHappenedButWasNotAnswered() {
        sendAndAwait(0, "answered-1");
        Fault.next(Fault.AFTER_COMMIT);
        sender.send(orders, 0, "answered-2", order("answered-2", ALICE));
        sendAndAwait(0, "answered-3");

        assertThat(Fault.isPending()).isFalse();
        assertThat(stored("answered-%")).isEqualTo(3);
        assertThat(offset(0)).isEqualTo(Map.of("next", 3L, "rows", 3L, "repeats", 0L));
        assertThat(service.get("/actuator/prometheus").body())
                .contains("pipeline_consumer_commits_unknown_total{group=\"shipments\"");
    }

    @Test
    void repeatsACommitThatDidNotHappen() {
        sendAndAwait(1, "unanswered-1");
        Fault.next(Fault.BEFORE_COMMIT);
        sender.send(orders, 1, "unanswered-2", order("unanswered-2", ALICE));
        sendAndAwait(1, "unanswered-3");

        assertThat(Fault.isPending()).isFalse();
        assertThat(stored("unanswered-%")).isEqualTo(3);
        assertThat(offset(1)).isEqualTo(Map.of("next", 3L, "rows", 3L, "repeats", 0L));
    }

    @Test
    void isRefusedWhereAnotherMemberMovedTheOffset() {
        sendAndAwait(2, "mine-1");
        // What another owner of the partition does: its rows and its move in one transaction.
        database.update(
                "UPDATE consumer_offset SET next_offset = 3, rows_stored = 3 WHERE topic = ? AND"
                        + " partition = 2",
                orders);
        for (int i = 2; i <= 3; i++) {
            sender.send(orders, 2, "theirs-" + i, order("theirs-" + i, ALICE));
        }
        sendAndAwait(2, "mine-4");

        assertThat(stored("theirs-%")).as("written by the other").isZero();
        assertThat(offset(2)).isEqualTo(Map.of("next", 4L, "rows", 4L, "repeats", 0L));
        assertThat(service.get("/actuator/prometheus").body())
                .contains("pipeline_consumer_zombie_writes_refused_total{group=\"shipments\"");
    }

    @Test
    void resumesWhereTheDatabaseStandsWhateverKafkaHas() throws Exception {
        sendAndAwait(3, "before-1");
        sendAndAwait(3, "before-2");
        service.close();
        // The process ended between the two commits: Kafka is behind.
        admin.alterConsumerGroupOffsets(
                        "shipments",
                        Map.of(new TopicPartition(orders, 3), new OffsetAndMetadata(0)))
                .all()
                .get(30, TimeUnit.SECONDS);
        startService();
        sendAndAwait(3, "before-3");

        assertThat(stored("before-%")).isEqualTo(3);
        assertThat(offset(3)).isEqualTo(Map.of("next", 3L, "rows", 3L, "repeats", 0L));
    }

    @Test
    @DisplayName("C7 without a place to resume at, the partition stops and says so")
    void stopsAPartitionWhoseOffsetLeftTheLogUntilItIsMended() throws Exception {
        sendAndAwait(4, "gone-1");
        service.close();
        for (int i = 2; i <= 4; i++) {
            sender.send(orders, 4, "gone-" + i, order("gone-" + i, ALICE));
        }
        admin.deleteRecords(Map.of(new TopicPartition(orders, 4), RecordsToDelete.beforeOffset(3)))
                .all()
                .get(30, TimeUnit.SECONDS);
        startService();

        awaitHealth("alarm", orders + "-4", "outside the log");
        assertThat(service.get("/actuator/health").statusCode()).isEqualTo(200);
        assertThat(service.json("/actuator/health/readiness").get("status").stringValue())
                .isEqualTo("UP");
        assertLagOfFourth();
        sendAndAwait(5, "elsewhere-1");
        assertThat(offset(4)).containsEntry("next", 1L);

        database.update(
                "UPDATE consumer_offset SET next_offset = 3 WHERE topic = ? AND partition = 4",
                orders);
        awaitStored("gone-4");
        awaitHealthy();
    }

    @Test
    void stopsAPartitionWhoseTopicWasMadeAnew() {
        await().atMost(RECOVERED).until(() -> offsetsOf(payments).size() == 6);
        UUID present = offsetsOf(payments).getFirst();
        UUID earlier = UUID.randomUUID();
        service.close();
        database.update(
                "UPDATE consumer_offset SET topic_id = ? WHERE topic = ?", earlier, payments);
        startService();

        awaitHealth("alarm", payments + "-0", "earlier topic of that name");
        assertThat(offsetsOf(payments)).containsOnly(earlier);

        database.update(
                "UPDATE consumer_offset SET topic_id = ? WHERE topic = ?", present, payments);
        awaitHealthy();
    }

    /** One record of the three offsets is left; the group stands where it stood. */
    private void assertLagOfFourth() {
        assertThat(service.json("/actuator/lag").get("partitions"))
                .filteredOn(lag ->
                        lag.get("topic").stringValue().equals(orders)
                                && lag.get("partition").intValue() == 4)
                .singleElement()
                .satisfies(lag -> {
                    assertThat(lag.get("committedOffset").longValue()).isEqualTo(1);
                    assertThat(lag.get("endOffset").longValue()).isEqualTo(4);
                    assertThat(lag.get("lag").longValue()).isEqualTo(3);
                    assertThat(lag.get("timeLagMs").longValue()).isPositive();
                });
    }

    private void startService() {
        service =
                RunningService.start(
                        new Class<?>[] {ConsumerServiceApplication.class, BrokenCommits.class},
                        bootstrap,
                        jdbcUrl,
                        ENVIRONMENT,
                        SETTINGS);
        awaitHealthyOrAlarm();
    }

    private void awaitHealthyOrAlarm() {
        await().atMost(RECOVERED)
                .until(() ->
                        !List.of("waiting", "suspended")
                                .contains(listeners().path("state").stringValue("")));
    }

    private JsonNode listeners() {
        return service.json("/actuator/health")
                .path("components")
                .path("listeners")
                .path("details")
                .path("shipments");
    }

    private void awaitHealth(String state, String partition, String reason) {
        await().atMost(RECOVERED)
                .untilAsserted(() -> {
                    assertThat(listeners().path("state").stringValue("")).isEqualTo(state);
                    assertThat(listeners().path("stopped").path(partition).stringValue(""))
                            .contains(reason);
                });
    }

    private void awaitHealthy() {
        await().atMost(RECOVERED)
                .until(() -> listeners().path("state").stringValue("").equals("running"));
    }

    private void sendAndAwait(int partition, String orderId) {
        sender.send(orders, partition, orderId, order(orderId, ALICE));
        awaitStored(orderId);
    }

    private void awaitStored(String orderId) {
        await().atMost(RECOVERED).until(() -> stored(orderId) == 1);
    }

    private long stored(String pattern) {
        Long count =
                database.queryForObject(
                        "SELECT count(*) FROM orders WHERE order_id LIKE ?", Long.class, pattern);
        return count == null ? 0 : count;
    }

    private Map<String, Long> offset(int partition) {
        return database.queryForObject(
                "SELECT next_offset, rows_stored, repeats_dropped FROM consumer_offset WHERE topic"
                        + " = ? AND partition = ?",
                (row, number) ->
                        Map.of(
                                "next", row.getLong(1),
                                "rows", row.getLong(2),
                                "repeats", row.getLong(3)),
                orders,
                partition);
    }

    private List<UUID> offsetsOf(String topic) {
        return database.query(
                "SELECT topic_id FROM consumer_offset WHERE topic = ?",
                (row, number) -> row.getObject(1, UUID.class),
                topic);
    }
}
