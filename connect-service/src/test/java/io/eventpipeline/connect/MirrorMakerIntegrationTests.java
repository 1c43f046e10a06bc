package io.eventpipeline.connect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.eventpipeline.localcluster.LocalKafka;
import io.eventpipeline.localcluster.SharedCluster;
import io.eventpipeline.model.topic.PipelineTopic;
import io.eventpipeline.model.topic.TopicCatalogue;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * MirrorMaker 2 copies topics from one cluster into another as they are, and a group that moves
 * over reads on where it was. With the example configurations as they are; the source is a broker
 * of its own. {@code -Dconnect.mirror.records} sets how many records are copied.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class MirrorMakerIntegrationTests {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final int RECORDS = Integer.getInteger("connect.mirror.records", 100_000);
    private static final int READ_BEFORE_THE_MOVE = RECORDS * 3 / 5;
    private static final long FIRST_TIMESTAMP = System.currentTimeMillis() - 3_600_000;
    private static final String ENVIRONMENT = "mirrortests";
    private static final String TOPIC =
            new TopicCatalogue(ENVIRONMENT).name(PipelineTopic.ORDER_PLACED);
    private static final int PARTITIONS = 6;
    private static final String GROUP = "billing";

    /** Of a partition: {@code offset.lag.max}, how far apart two known pairs of offsets are. */
    private static final int REPEATED_AT_MOST = 100;

    private final String target = SharedCluster.kafka().bootstrapServers();

    private LocalKafka sourceKafka;
    private String source;
    private RunningService service;
    private final List<Integer> readFromSource = new ArrayList<>();

    @BeforeAll
    void start(@TempDir Path machine) throws Exception {
        sourceKafka = LocalKafka.builder().dataFolder(machine.resolve("primary")).build().start();
        source = sourceKafka.bootstrapServers();
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", source))) {
            admin.createTopics(List.of(new NewTopic(TOPIC, PARTITIONS, (short) 1))).all().get();
        }
        send(0, READ_BEFORE_THE_MOVE);
        read(source, readFromSource, () -> readFromSource.size() >= READ_BEFORE_THE_MOVE);
        service =
                new RunningService(
                        target,
                        ENVIRONMENT,
                        machine.resolve("files"),
                        Examples.declared(
                                machine.resolve("declared"),
                                "mirror-source",
                                "mirror-checkpoint",
                                "mirror-heartbeat"),
                        "--pipeline.connect.declared.built-in=",
                        "--pipeline.mirror.source.bootstrap-servers=" + source,
                        "--pipeline.mirror.target.bootstrap-servers=" + target);
    }

    @AfterAll
    void stop() {
        service.close();
        sourceKafka.close();
    }

    @Test
    @Order(1)
    void copiesRecordsAndMovesAGroupWithoutAGap() throws Exception {
        Map<TopicPartition, Long> atSource = committed(source);
        // Transaction markers put the target's offsets at or behind those of the source.
        await("the group's translated offsets")
                .atMost(PATIENCE)
                .until(() -> {
                    Map<TopicPartition, Long> atTarget = committed(target);
                    return atSource.entrySet().stream()
                            .allMatch(entry ->
                                    atTarget.getOrDefault(entry.getKey(), -1L) >= entry.getValue());
                });

        send(READ_BEFORE_THE_MOVE, RECORDS);
        List<Integer> readFromTarget = new ArrayList<>();
        read(target, readFromTarget, () -> containsAll(readFromSource, readFromTarget));

        assertThat(readFromTarget)
                .hasSizeLessThanOrEqualTo(
                        RECORDS - READ_BEFORE_THE_MOVE + PARTITIONS * REPEATED_AT_MOST);
    }

    @Test
    @Order(2)
    void keepsKeyValueHeadersPartitionAndTimestamp() {
        Map<Integer, List<String>> expected = contents(source);
        assertThat(expected.values().stream().mapToInt(List::size).sum()).isEqualTo(RECORDS);

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(contents(target).equals(expected)).isTrue());
    }

    @Test
    @Order(3)
    void beatsAndWritesCheckpoints() {
        await().atMost(PATIENCE).until(() -> !CommittedRecords.of(target, "heartbeats").isEmpty());
        await().atMost(PATIENCE)
                .until(() ->
                        !CommittedRecords.of(target, "primary.checkpoints.internal").isEmpty());
    }

    private void send(int from, int to) throws InterruptedException, ExecutionException {
        try (KafkaProducer<String, String> producer =
                new KafkaProducer<>(
                        Map.of("bootstrap.servers", source, "linger.ms", "20"),
                        new StringSerializer(),
                        new StringSerializer())) {
            List<Future<RecordMetadata>> sent = new ArrayList<>();
            for (int number = from; number < to; number++) {
                ProducerRecord<String, String> record =
                        new ProducerRecord<>(
                                TOPIC,
                                null,
                                FIRST_TIMESTAMP + number,
                                "customer-" + number % 97,
                                Integer.toString(number));
                record.headers().add("ce_id", ("order-" + number).getBytes(UTF_8));
                record.headers().add("bytes", new byte[] {0, (byte) number, -1});
                sent.add(producer.send(record));
            }
            for (Future<RecordMetadata> each : sent) {
                each.get();
            }
        }
    }

    /** Reads as a member of the group from where the group is, and commits. */
    private void read(String bootstrapServers, List<Integer> into, BooleanSupplier enough) {
        try (KafkaConsumer<String, String> consumer =
                new KafkaConsumer<>(
                        Map.of(
                                "bootstrap.servers",
                                bootstrapServers,
                                "group.id",
                                GROUP,
                                "isolation.level",
                                "read_committed",
                                "enable.auto.commit",
                                "false",
                                "auto.offset.reset",
                                "earliest"),
                        new StringDeserializer(),
                        new StringDeserializer())) {
            consumer.subscribe(List.of(TOPIC));
            await().atMost(PATIENCE)
                    .pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(1))
                    .until(() -> {
                        consumer.poll(Duration.ofMillis(200))
                                .forEach(record -> into.add(Integer.valueOf(record.value())));
                        return enough.getAsBoolean();
                    });
            consumer.commitSync();
        }
    }

    private static boolean containsAll(List<Integer> one, List<Integer> other) {
        if (one.size() + other.size() < RECORDS) {
            return false;
        }
        boolean[] seen = new boolean[RECORDS];
        one.forEach(number -> seen[number] = true);
        other.forEach(number -> seen[number] = true);
        return IntStream.range(0, RECORDS).allMatch(number -> seen[number]);
    }

    private static Map<TopicPartition, Long> committed(String bootstrapServers)
            throws InterruptedException, ExecutionException {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            return admin
                    .listConsumerGroupOffsets(GROUP)
                    .partitionsToOffsetAndMetadata()
                    .get()
                    .entrySet()
                    .stream()
                    .collect(
                            Collectors.toMap(Map.Entry::getKey, entry -> offset(entry.getValue())));
        }
    }

    private static long offset(OffsetAndMetadata committed) {
        return committed.offset();
    }

    /** Everything that must be the same on both sides, in the order of each partition. */
    private static Map<Integer, List<String>> contents(String bootstrapServers) {
        return CommittedRecords.of(bootstrapServers, TOPIC).stream()
                .collect(
                        Collectors.groupingBy(
                                ConsumerRecord::partition,
                                Collectors.mapping(
                                        MirrorMakerIntegrationTests::text, Collectors.toList())));
    }

    private static String text(ConsumerRecord<String, byte[]> record) {
        String headers =
                Arrays.stream(record.headers().toArray())
                        .map(header -> header.key() + "=" + Arrays.toString(header.value()))
                        .collect(Collectors.joining(","));
        return String.join(
                "|",
                record.key(),
                new String(record.value(), UTF_8),
                headers,
                Long.toString(record.timestamp()));
    }
}
