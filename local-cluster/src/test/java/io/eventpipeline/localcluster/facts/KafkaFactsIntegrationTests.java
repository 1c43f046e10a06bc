package io.eventpipeline.localcluster.facts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.eventpipeline.localcluster.LocalKafka;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.InvalidConfigurationException;
import org.apache.kafka.common.errors.InvalidTimestampException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Topics, logs, records and transactions, on one broker of their own: no group may have been here,
 * and the transaction log keeps its production minimum of two in-sync replicas.
 */
class KafkaFactsIntegrationTests {

    private static final Duration TIMEOUT = Duration.ofMinutes(2);

    @TempDir private static Path folder;

    private static LocalKafka kafka;
    private static Admin admin;

    @BeforeAll
    static void start() {
        kafka =
                LocalKafka.builder()
                        .dataFolder(folder)
                        .brokerProperty("log.retention.check.interval.ms", "200")
                        .brokerProperty("log.initial.task.delay.ms", "200")
                        .brokerProperty("transaction.state.log.min.isr", "2")
                        .build()
                        .start();
        admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()));
    }

    @AfterAll
    static void stop() {
        admin.close(Duration.ZERO);
        kafka.close();
    }

    @Test
    void controllersAreAQuorumOfTheirOwn() throws Exception {
        assertThat(get(admin.describeMetadataQuorum().quorumInfo()).leaderId()).isEqualTo(1);
    }

    @Test
    void internalNameIsFreeUntilTheInternalTopicExists() throws Exception {
        create(
                new NewTopic("__consumer_offsets", 10, (short) 1)
                        .configs(Map.of("cleanup.policy", "compact")));

        assertThat(get(admin.listTopics().names())).doesNotContain("__consumer_offsets");
        assertThat(get(admin.describeTopics(List.of("__consumer_offsets")).allTopicNames()))
                .hasSize(1);
    }

    @Test
    void nameThatCollidesInItsMetricsIsRefused() throws Exception {
        create(new NewTopic("orders.eu", 1, (short) 1));

        assertThatThrownBy(() -> create(new NewTopic("orders_eu", 1, (short) 1)))
                .hasCauseInstanceOf(InvalidTopicException.class)
                .hasMessageContaining("collides");
        create(new NewTopic("orders.asia_pacific", 1, (short) 1));
    }

    @Test
    void recordMoreThanAnHourAheadIsRefused() throws Exception {
        create(new NewTopic("timestamps", 1, (short) 1));
        long now = Instant.now().toEpochMilli();
        long hour = Duration.ofHours(1).toMillis();
        long minute = Duration.ofMinutes(1).toMillis();

        try (KafkaProducer<String, String> producer = producer(Map.of())) {
            get(producer.send(at("timestamps", now + hour - minute)));
            assertThatThrownBy(() -> get(producer.send(at("timestamps", now + hour + minute))))
                    .hasCauseInstanceOf(InvalidTimestampException.class);
            get(producer.send(at("timestamps", 0)));
        }
    }

    @Test
    void retentionDeletesTheActiveSegmentToo() throws Exception {
        create(new NewTopic("short-lived", 1, (short) 1).configs(Map.of("retention.ms", "1000")));
        try (KafkaProducer<String, String> producer = producer(Map.of())) {
            get(producer.send(new ProducerRecord<>("short-lived", "alice", "1 pear")));
        }

        TopicPartition partition = new TopicPartition("short-lived", 0);
        await().atMost(TIMEOUT)
                .untilAsserted(() ->
                        assertThat(offset(partition, OffsetSpec.earliest(), false)).isEqualTo(1));
    }

    @Test
    void offsetOfDeletedRecordsIsTheFirstThatStays() throws Exception {
        create(new NewTopic("deletions", 1, (short) 1));
        try (KafkaProducer<String, String> producer = producer(Map.of())) {
            List<Future<RecordMetadata>> sent = new ArrayList<>();
            for (int i = 0; i <= 50; i++) {
                sent.add(producer.send(new ProducerRecord<>("deletions", "alice", "pear " + i)));
            }
            for (Future<RecordMetadata> one : sent) {
                get(one);
            }
        }

        TopicPartition partition = new TopicPartition("deletions", 0);
        get(admin.deleteRecords(Map.of(partition, RecordsToDelete.beforeOffset(50))).all());
        assertThat(offset(partition, OffsetSpec.earliest(), false)).isEqualTo(50);
    }

    @Test
    void recordsWithoutKeyStickToOnePartitionForABatch() throws Exception {
        create(new NewTopic("keyless", 8, (short) 1));
        Set<Integer> partitions = new HashSet<>();
        try (KafkaProducer<String, String> producer = producer(Map.of("linger.ms", "30000"))) {
            List<Future<RecordMetadata>> sent = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                sent.add(producer.send(new ProducerRecord<>("keyless", "pear " + i)));
            }
            producer.flush();
            for (Future<RecordMetadata> one : sent) {
                partitions.add(get(one).partition());
            }
        }
        assertThat(partitions).hasSize(1);
    }

    @Test
    void minimumOfInSyncReplicasIsAClusterWideSettingSinceTheFirstStart() throws Exception {
        ConfigResource broker = new ConfigResource(ConfigResource.Type.BROKER, "1");
        ConfigEntry minimum =
                Objects.requireNonNull(
                                get(admin.describeConfigs(List.of(broker)).all()).get(broker))
                        .get("min.insync.replicas");

        assertThat(minimum.source())
                .isEqualTo(ConfigEntry.ConfigSource.DYNAMIC_DEFAULT_BROKER_CONFIG);
        AlterConfigOp two =
                new AlterConfigOp(
                        new ConfigEntry("min.insync.replicas", "2"), AlterConfigOp.OpType.SET);
        assertThatThrownBy(() ->
                        get(admin.incrementalAlterConfigs(Map.of(broker, List.of(two))).all()))
                .hasCauseInstanceOf(InvalidConfigurationException.class);
    }

    @Test
    void transactionLeavesOneMarkerPerPartitionThatTakesAnOffset() throws Exception {
        create(new NewTopic("transfers", 2, (short) 1));
        try (KafkaProducer<String, String> producer = transactional("transfers-1")) {
            producer.initTransactions();
            producer.beginTransaction();
            get(producer.send(new ProducerRecord<>("transfers", 0, "alice", "-1")));
            get(producer.send(new ProducerRecord<>("transfers", 1, "bob", "+1")));
            producer.commitTransaction();
        }

        for (int partition = 0; partition < 2; partition++) {
            TopicPartition half = new TopicPartition("transfers", partition);
            await().atMost(TIMEOUT)
                    .untilAsserted(
                            () -> assertThat(offset(half, OffsetSpec.latest(), true)).isEqualTo(2));
        }
    }

    @Test
    void onlyTheSameTransactionalIdFencesAndFreesReaders() throws Exception {
        create(new NewTopic("payments", 1, (short) 1));
        TopicPartition partition = new TopicPartition("payments", 0);
        try (KafkaProducer<String, String> frozen = transactional("payments-1");
                KafkaProducer<String, String> random = transactional("payments-random");
                KafkaProducer<String, String> successor = transactional("payments-1")) {
            frozen.initTransactions();
            frozen.beginTransaction();
            get(frozen.send(new ProducerRecord<>("payments", "alice", "10 EUR")));

            random.initTransactions();
            assertThat(offset(partition, OffsetSpec.latest(), false)).isEqualTo(1);
            assertThat(offset(partition, OffsetSpec.latest(), true)).isZero();

            successor.initTransactions();
            await().atMost(TIMEOUT)
                    .untilAsserted(() ->
                            assertThat(offset(partition, OffsetSpec.latest(), true)).isEqualTo(2));
            assertThatThrownBy(frozen::commitTransaction)
                    .isInstanceOf(ProducerFencedException.class);
        }
    }

    private static ProducerRecord<String, String> at(String topic, long timestamp) {
        return new ProducerRecord<>(topic, null, timestamp, "alice", "1 pear");
    }

    private static KafkaProducer<String, String> transactional(String id) {
        return producer(Map.of("transactional.id", id));
    }

    private static KafkaProducer<String, String> producer(Map<String, Object> own) {
        Map<String, Object> settings = new HashMap<>();
        settings.put("bootstrap.servers", kafka.bootstrapServers());
        // On a topic just created, two may overtake each other (KAFKA-15591).
        settings.put("max.in.flight.requests.per.connection", 1);
        settings.putAll(own);
        return new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer());
    }

    private static void create(NewTopic topic) throws Exception {
        get(admin.createTopics(List.of(topic)).all());
    }

    private static long offset(TopicPartition partition, OffsetSpec spec, boolean committed)
            throws Exception {
        ListOffsetsOptions isolation =
                new ListOffsetsOptions(
                        committed
                                ? IsolationLevel.READ_COMMITTED
                                : IsolationLevel.READ_UNCOMMITTED);
        return get(admin.listOffsets(Map.of(partition, spec), isolation).partitionResult(partition))
                .offset();
    }

    private static <T> T get(Future<T> future) throws Exception {
        return future.get(TIMEOUT.toSeconds(), TimeUnit.SECONDS);
    }
}
