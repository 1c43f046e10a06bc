package io.eventpipeline.standalone.checking;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.eventpipeline.localcluster.SharedCluster;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The reader hands over what is committed in a real topic, once, and comes to an end. */
class TopicReaderIntegrationTests {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final long NOON = Instant.parse("2026-11-01T12:00:00Z").toEpochMilli();

    private final String bootstrapServers = SharedCluster.kafka().bootstrapServers();
    private final String topic = "read-" + UUID.randomUUID();
    private final List<String> keys = new ArrayList<>();
    private KafkaProducer<byte[], byte[]> producer;

    @BeforeEach
    void createTopic() throws Exception {
        Map<String, Object> settings =
                Map.of("bootstrap.servers", bootstrapServers, "transactional.id", topic);
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            NewTopic two = new NewTopic(topic, 2, (short) 1).configs(Map.of("retention.ms", "-1"));
            admin.createTopics(List.of(two)).all().get(30, TimeUnit.SECONDS);
        }
        producer =
                new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
        producer.initTransactions();
    }

    @AfterEach
    void closeProducer() {
        producer.close();
    }

    @Test
    void readsCommittedRecordsOnly() throws ReadingException {
        commit(0, "alice", NOON);
        abort(0, "mallory");
        commit(1, "bob", NOON);

        read(null, PATIENCE);

        assertThat(keys).containsExactlyInAnyOrder("alice", "bob");
    }

    @Test
    void leavesOutWhatIsOlder() throws ReadingException {
        commit(0, "alice", NOON);
        commit(0, "bob", NOON + 60_000);
        commit(1, "carol", NOON);

        read(Instant.ofEpochMilli(NOON + 1), PATIENCE);

        assertThat(keys).containsExactly("bob");
    }

    @Test
    void endsWhereTheTopicEndedWhenReadingBegan() throws ReadingException {
        commit(0, "alice", NOON);

        new TopicReader(bootstrapServers, topic, PATIENCE)
                .read(
                        null,
                        record -> {
                            keys.add(String.valueOf(record.key()));
                            commit(0, "late", NOON);
                        });

        assertThat(keys).containsExactly("alice");
    }

    @Test
    void topicThatIsNotThereIsNotAnEmptyOne() {
        TopicReader reader =
                new TopicReader(bootstrapServers, topic + "-other", Duration.ofMillis(300));

        assertThatThrownBy(() -> reader.read(null, _ -> {}))
                .isInstanceOf(ReadingException.class)
                .hasMessageContaining(topic + "-other");
    }

    private void read(@Nullable Instant since, Duration patience) throws ReadingException {
        new TopicReader(bootstrapServers, topic, patience)
                .read(since, record -> keys.add(String.valueOf(record.key())));
    }

    private void commit(int partition, String key, long timestamp) {
        producer.beginTransaction();
        send(partition, key, timestamp);
        producer.commitTransaction();
    }

    private void abort(int partition, String key) {
        producer.beginTransaction();
        send(partition, key, NOON);
        producer.flush();
        producer.abortTransaction();
    }

    private void send(int partition, String key, long timestamp) {
        var _ =
                producer.send(
                        new ProducerRecord<>(
                                topic,
                                partition,
                                timestamp,
                                key.getBytes(UTF_8),
                                "x".getBytes(UTF_8)));
    }
}
