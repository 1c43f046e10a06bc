package io.eventpipeline.consumer;

import static io.eventpipeline.consumer.TestEvents.ALICE;
import static io.eventpipeline.consumer.TestEvents.order;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.eventpipeline.localcluster.LocalKafka;
import io.eventpipeline.localcluster.SharedCluster;
import io.eventpipeline.model.cloudevents.CloudEventHeaders;
import io.eventpipeline.model.cloudevents.EventMetadata;
import io.eventpipeline.model.event.EventIdentity;
import io.eventpipeline.model.event.EventTypes;
import io.eventpipeline.model.json.EventJson;
import io.eventpipeline.model.topic.PipelineTopic;
import io.eventpipeline.model.topic.TopicCatalogue;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/**
 * What each way of committing reads again after a crash, and that the table is right all the same.
 * Test of seed row C2: a process is killed when the rows of a batch are stored and nothing more can
 * be committed to Kafka, because its one broker is dead at that moment.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CommitModesIntegrationTests {

    /** A process of its own may take long to start on a busy machine. */
    private static final Duration DONE = Duration.ofMinutes(5);

    private static final int BEFORE = 5;
    private static final int BATCH = 10;

    @TempDir private static Path folder;

    private LocalKafka kafka;
    private Admin admin;

    @BeforeAll
    void start() {
        kafka = LocalKafka.builder().dataFolder(folder.resolve("kafka")).build().start();
        admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()));
    }

    @AfterAll
    void stop() {
        admin.close();
        kafka.close();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"transactional", "sync-batch", "sync-record", "async", "auto"})
    void readsAgainAfterACrashWhatItsModeDidNotCommit(String mode) throws Exception {
        String jdbcUrl = SharedCluster.newDatabase();
        DriverManagerDataSource source =
                new DriverManagerDataSource(
                        jdbcUrl,
                        SharedCluster.postgres().username(),
                        SharedCluster.postgres().password());
        JdbcTemplate database = new JdbcTemplate(source);
        String topic = new TopicCatalogue(mode).name(PipelineTopic.ORDER_PLACED);
        int storedAtTheEnd;
        try (ServiceProcess service =
                ServiceProcess.start(
                        folder.resolve(mode + ".log"),
                        kafka.bootstrapServers(),
                        jdbcUrl,
                        mode,
                        "--pipeline.consumer.instance-id=dies",
                        "--pipeline.consumer.shipments.commits.mode=" + mode,
                        "--pipeline.consumer.shipments.commits.interval=1h",
                        "--pipeline.consumer.shipments.concurrency=1",
                        "--pipeline.consumer.shipments.membership.session-timeout=6s",
                        "--pipeline.consumer.shipments.membership.heartbeat-interval=1s",
                        "--pipeline.consumer.retry.kafka-commit-timeout=60s",
                        "--spring.datasource.hikari.data-source-properties.socketTimeout=120",
                        "--spring.datasource.hikari.data-source-properties.options=-c"
                                + " lock_timeout=0")) {
            try (Sender sender = new Sender(kafka.bootstrapServers(), null)) {
                for (int i = 0; i < BEFORE; i++) {
                    String id = "before-" + i;
                    await().atMost(DONE)
                            .ignoreExceptions()
                            .until(() -> sender.send(topic, 0, id, order(id, ALICE)).hasOffset());
                }
            }
            await().atMost(DONE).ignoreExceptions().until(() -> stored(database) == BEFORE);
            if (!mode.equals("auto")) {
                await().atMost(DONE).until(() -> committed(topic) == BEFORE);
            }
            try (Connection connection = source.getConnection();
                    Statement statement = connection.createStatement()) {
                connection.setAutoCommit(false);
                statement.execute("LOCK TABLE orders IN ACCESS EXCLUSIVE MODE");
                sendBatch(topic);
                awaitBlockedWriter(database);
                // Frozen, it would take the commit from its socket when it wakes up.
                kafka.brokers().getFirst().kill();
                connection.rollback();
            }
            await().atMost(DONE)
                    .pollInterval(Duration.ofMillis(10))
                    .until(() -> stored(database) > BEFORE);
            service.kill();
            assertThat(service.ends(DONE)).isTrue();
            storedAtTheEnd = (int) stored(database);
        } finally {
            kafka.brokers().getFirst().start();
        }
        await().atMost(DONE).ignoreExceptions().until(() -> committed(topic) >= 0);
        long committedAtTheEnd = committed(topic);
        // A rebalance would commit too, so the interval does not say it alone.
        assertThat(committedAtTheEnd).isBetween(mode.equals("auto") ? 0L : BEFORE, (long) BEFORE);

        RunningService again =
                RunningService.start(
                        kafka.bootstrapServers(),
                        jdbcUrl,
                        mode,
                        "--pipeline.consumer.instance-id=again",
                        "--pipeline.consumer.shipments.commits.mode=" + mode,
                        "--pipeline.consumer.shipments.commits.interval=1h");
        double readAgain;
        try (again) {
            await().atMost(DONE)
                    .until(() ->
                            readBy(again)
                                    >= expectedReads(mode, storedAtTheEnd, committedAtTheEnd));
            await().atMost(DONE).until(() -> stored(database) == BEFORE + BATCH);
            readAgain = repeats(again);
            if (!mode.equals("auto")) {
                // Behind the last record lies the marker of its transaction.
                await().atMost(DONE).until(() -> committed(topic) >= BEFORE + BATCH);
            }
        }

        assertThat(readAgain)
                .as("%s: stored %d, committed %d", mode, storedAtTheEnd, committedAtTheEnd)
                .isEqualTo(
                        mode.equals("transactional")
                                ? 0.0
                                : (double) (storedAtTheEnd - committedAtTheEnd));
        if (mode.equals("sync-record")) {
            // More than one only if the commit failed before the process was killed.
            assertThat(readAgain).as("records without a commit").isPositive();
        } else if (!mode.equals("transactional")) {
            assertThat(storedAtTheEnd).as("a whole batch was in hand").isEqualTo(15);
        }
        assertThat(count(database, "SELECT count(DISTINCT event_id) FROM orders"))
                .as("rows, each event once")
                .isEqualTo(BEFORE + BATCH);
        if (mode.equals("auto")) {
            // Its interval is an hour, so it commits when it ends.
            await().atMost(DONE).until(() -> committed(topic) >= BEFORE + BATCH);
        }
    }

    /** What a member has to read after the crash until nothing is left. */
    private static double expectedReads(String mode, int stored, long committed) {
        int all = BEFORE + BATCH;
        return mode.equals("transactional") ? all - stored : (double) (all - committed);
    }

    /** All at once for readers of committed records, so that they are one batch. */
    private void sendBatch(String topic) {
        try (Sender sender = new Sender(kafka.bootstrapServers(), "tx-" + topic)) {
            sender.producer().beginTransaction();
            for (int i = 0; i < BATCH; i++) {
                var event = order("batch-" + i, ALICE);
                RecordHeaders headers = new RecordHeaders();
                CloudEventHeaders.write(
                        new EventMetadata(
                                new EventIdentity("/test", "batch-" + i),
                                EventTypes.nameOf(event.getClass()),
                                null,
                                event.key(),
                                null),
                        headers);
                var _ =
                        sender.producer()
                                .send(
                                        new ProducerRecord<>(
                                                topic,
                                                0,
                                                event.key().getBytes(StandardCharsets.UTF_8),
                                                EventJson.write(event),
                                                headers));
            }
            sender.producer().commitTransaction();
        }
    }

    private static void awaitBlockedWriter(JdbcTemplate database) {
        await().atMost(DONE)
                .until(() ->
                        count(
                                        database,
                                        "SELECT count(*) FROM pg_stat_activity WHERE datname ="
                                                + " current_database() AND wait_event_type ="
                                                + " 'Lock'")
                                > 0);
    }

    private long committed(String topic) throws Exception {
        OffsetAndMetadata committed =
                admin.listConsumerGroupOffsets("shipments")
                        .partitionsToOffsetAndMetadata()
                        .get(60, TimeUnit.SECONDS)
                        .get(new TopicPartition(topic, 0));
        return committed == null ? 0 : committed.offset();
    }

    private static double readBy(RunningService service) {
        return metric(service, "pipeline_consumer_rows_written_total{") + repeats(service);
    }

    private static double repeats(RunningService service) {
        return metric(service, "pipeline_consumer_repeats_dropped_total{");
    }

    private static double metric(RunningService service, String name) {
        return service.get("/actuator/prometheus")
                .body()
                .lines()
                .filter(line -> line.startsWith(name) && line.contains("group=\"shipments\""))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    private static long stored(JdbcTemplate database) {
        return count(database, "SELECT count(*) FROM orders");
    }

    private static long count(JdbcTemplate database, String query) {
        Long count = database.queryForObject(query, Long.class);
        return count == null ? 0 : count;
    }
}
