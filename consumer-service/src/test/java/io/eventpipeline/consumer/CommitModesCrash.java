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
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/**
 * Services of all commit modes, each a process, killed at once when the rows of a batch are stored
 * and nothing more can be committed to Kafka, because the one broker is dead at that moment.
 */
final class CommitModesCrash implements AutoCloseable {

    /** A process of its own may take long to start on a busy machine. */
    static final Duration DONE = Duration.ofMinutes(5);

    static final List<String> MODES =
            List.of("transactional", "sync-batch", "sync-record", "async", "auto");
    static final int BEFORE = 5;
    static final int BATCH = 10;

    private final Map<String, Crashed> crashed = new HashMap<>();
    private final Path folder;
    private final LocalKafka kafka;
    private final Admin admin;

    CommitModesCrash(Path folder) {
        this.folder = folder;
        kafka = LocalKafka.builder().dataFolder(folder.resolve("kafka")).build().start();
        admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()));
    }

    String bootstrapServers() {
        return kafka.bootstrapServers();
    }

    /** What the crash of a mode left. */
    Crashed of(String mode) {
        return Objects.requireNonNull(crashed.get(mode));
    }

    @Override
    public void close() {
        admin.close();
        kafka.close();
    }

    /**
     * What a crash left.
     *
     * @param jdbcUrl the tables
     * @param database the same, to look at
     * @param stored how many rows were there
     * @param committed the offset that Kafka had
     */
    record Crashed(String jdbcUrl, DriverManagerDataSource database, long stored, long committed) {}

    /** A process that is to crash. */
    private record Victim(
            String mode,
            String jdbcUrl,
            DriverManagerDataSource database,
            ServiceProcess process) {}

    /** All modes crash at once, because a process and a broker take their time to start. */
    void happen() throws Exception {
        List<Victim> victims = new ArrayList<>();
        try {
            for (String mode : MODES) {
                victims.add(start(mode));
            }
            for (Victim victim : victims) {
                sendFirst(victim.mode());
            }
            for (Victim victim : victims) {
                await().atMost(DONE)
                        .ignoreExceptions()
                        .until(() -> stored(victim.database()) == BEFORE);
                if (!victim.mode().equals("auto")) {
                    await().atMost(DONE).until(() -> committed(victim.mode()) == BEFORE);
                }
            }
            breakOff(victims.stream().map(Victim::database).toList());
            for (Victim victim : victims) {
                await().atMost(DONE)
                        .pollInterval(Duration.ofMillis(10))
                        .until(() -> stored(victim.database()) > BEFORE);
            }
        } finally {
            victims.forEach(victim -> victim.process().kill());
        }
        for (Victim victim : victims) {
            assertThat(victim.process().ends(DONE)).isTrue();
        }
        kafka.brokers().getFirst().start();
        LeftMembers.remove(kafka.bootstrapServers(), "shipments");
        for (Victim victim : victims) {
            crashed.put(
                    victim.mode(),
                    new Crashed(
                            victim.jdbcUrl(),
                            victim.database(),
                            stored(victim.database()),
                            committed(victim.mode())));
        }
    }

    private Victim start(String mode) throws IOException {
        String jdbcUrl = SharedCluster.newDatabase();
        DriverManagerDataSource database =
                new DriverManagerDataSource(
                        jdbcUrl,
                        SharedCluster.postgres().username(),
                        SharedCluster.postgres().password());
        ServiceProcess process =
                ServiceProcess.start(
                        folder.resolve(mode + ".log"),
                        kafka.bootstrapServers(),
                        jdbcUrl,
                        mode,
                        "--pipeline.consumer.instance-id=dies-" + mode,
                        "--pipeline.consumer.archive.enabled=false",
                        "--pipeline.consumer.shipments.commits.mode=" + mode,
                        "--pipeline.consumer.shipments.commits.interval=1h",
                        "--pipeline.consumer.shipments.concurrency=1",
                        // A rebalance in between would commit.
                        "--pipeline.consumer.shipments.membership.session-timeout=5m",
                        "--pipeline.consumer.retry.kafka-commit-timeout=60s",
                        "--spring.datasource.hikari.data-source-properties.socketTimeout=120",
                        "--spring.datasource.hikari.data-source-properties.options=-c"
                                + " lock_timeout=0");
        return new Victim(mode, jdbcUrl, database, process);
    }

    private void sendFirst(String mode) {
        try (Sender sender = new Sender(kafka.bootstrapServers(), null)) {
            for (int i = 0; i < BEFORE; i++) {
                String id = "before-" + i;
                await().atMost(DONE)
                        .ignoreExceptions()
                        .until(() ->
                                sender.send(topicOf(mode), 0, id, order(id, ALICE)).hasOffset());
            }
        }
    }

    /** Lets the members have a batch in hand, and store it when there is no broker any more. */
    private void breakOff(Collection<DriverManagerDataSource> databases) throws SQLException {
        List<Connection> locks = new ArrayList<>();
        try {
            for (DriverManagerDataSource database : databases) {
                Connection connection = database.getConnection();
                locks.add(connection);
                connection.setAutoCommit(false);
                try (Statement statement = connection.createStatement()) {
                    statement.execute("LOCK TABLE orders IN ACCESS EXCLUSIVE MODE");
                }
            }
            MODES.forEach(mode -> sendBatch(topicOf(mode)));
            databases.forEach(CommitModesCrash::awaitBlockedWriter);
            // Frozen, it would take the commit from its socket when it wakes up.
            kafka.brokers().getFirst().kill();
        } finally {
            for (Connection connection : locks) {
                connection.rollback();
                connection.close();
            }
        }
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

    private static void awaitBlockedWriter(DriverManagerDataSource database) {
        await().atMost(DONE)
                .until(() ->
                        count(
                                        database,
                                        "SELECT count(*) FROM pg_stat_activity WHERE datname ="
                                                + " current_database() AND wait_event_type ="
                                                + " 'Lock'")
                                > 0);
    }

    private static String topicOf(String mode) {
        return new TopicCatalogue(mode).name(PipelineTopic.ORDER_PLACED);
    }

    /** The offset that Kafka has of a mode's orders. */
    long committed(String mode) throws Exception {
        OffsetAndMetadata committed =
                admin.listConsumerGroupOffsets("shipments")
                        .partitionsToOffsetAndMetadata()
                        .get(60, TimeUnit.SECONDS)
                        .get(new TopicPartition(topicOf(mode), 0));
        return committed == null ? 0 : committed.offset();
    }

    static long stored(DriverManagerDataSource database) {
        return count(database, "SELECT count(*) FROM orders");
    }

    static long count(DriverManagerDataSource database, String query) {
        Long count = new JdbcTemplate(database).queryForObject(query, Long.class);
        return count == null ? 0 : count;
    }
}
