package io.eventpipeline.benchmarks.processes;

import io.eventpipeline.localcluster.LocalKafka;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;

/** The one broker of a run, and the topic that everything is sent to. */
public final class BenchmarkBroker implements AutoCloseable {

    /** The topic that everything is sent to; outside the catalogue. */
    public static final String TOPIC = "bench";

    private static final int PARTITIONS = 6;

    /** What kafka-server-start.sh runs a broker with. */
    private static final List<String> JVM_OPTIONS =
            List.of(
                    "-Xms1g",
                    "-Xmx1g",
                    "-XX:+UseG1GC",
                    "-XX:MaxGCPauseMillis=20",
                    "-XX:InitiatingHeapOccupancyPercent=35",
                    "-XX:+ExplicitGCInvokesConcurrent",
                    "-Djava.awt.headless=true",
                    "--enable-native-access=ALL-UNNAMED",
                    "--sun-misc-unsafe-memory-access=allow");

    /** Small, so that a long run does not fill the disk: the load is never read. */
    private static final String SEGMENT_BYTES = Integer.toString(64 << 20);

    private static final String RETENTION_BYTES = Integer.toString(256 << 20);

    private final Path data;
    private final LocalKafka kafka;
    private final Admin admin;

    private BenchmarkBroker(Path data, LocalKafka kafka, Admin admin) {
        this.data = data;
        this.kafka = kafka;
        this.admin = admin;
    }

    /** Starts the broker on a folder of its own and makes the topic. */
    public static BenchmarkBroker start(Path folder) {
        Path data = folder.resolve("kafka");
        LocalKafka kafka =
                LocalKafka.builder()
                        .dataFolder(data)
                        .logFolder(folder)
                        .jvmOptions(JVM_OPTIONS)
                        .brokerProperty("log.retention.check.interval.ms", "10000")
                        .build()
                        .start();
        Admin admin =
                Admin.create(
                        Map.of(
                                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                                kafka.bootstrapServers()));
        BenchmarkBroker broker = new BenchmarkBroker(data, kafka, admin);
        broker.makeTopic();
        return broker;
    }

    /** {@code host:port}. */
    public String bootstrapServers() {
        return kafka.bootstrapServers();
    }

    /** The number of its process. */
    public long pid() {
        return kafka.broker(1).pid();
    }

    /** How many records all topics have taken, by the broker's own word: the sum of their ends. */
    public long storedRecords() {
        try {
            Collection<String> topics = admin.listTopics().names().get();
            Map<TopicPartition, OffsetSpec> partitions = new HashMap<>();
            for (TopicDescription topic :
                    admin.describeTopics(topics).allTopicNames().get().values()) {
                topic.partitions()
                        .forEach(partition ->
                                partitions.put(
                                        new TopicPartition(topic.name(), partition.partition()),
                                        OffsetSpec.latest()));
            }
            return admin.listOffsets(partitions).all().get().values().stream()
                    .mapToLong(end -> end.offset())
                    .sum();
        } catch (ExecutionException e) {
            throw new BenchmarkException(
                    "the broker does not say what it holds: " + e.getCause(), e);
        } catch (InterruptedException e) {
            throw BenchmarkException.interrupted(e);
        }
    }

    /** Makes one more topic, if it is not there, which keeps what it is sent. */
    public void makeTopic(String name, int partitions) {
        make(new NewTopic(name, partitions, (short) 1));
    }

    private void makeTopic() {
        make(
                new NewTopic(TOPIC, PARTITIONS, (short) 1)
                        .configs(
                                Map.of(
                                        TopicConfig.SEGMENT_BYTES_CONFIG,
                                        SEGMENT_BYTES,
                                        TopicConfig.RETENTION_BYTES_CONFIG,
                                        RETENTION_BYTES)));
    }

    private void make(NewTopic topic) {
        try {
            admin.createTopics(List.of(topic)).all().get();
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw new BenchmarkException("the topic could not be made: " + e.getCause(), e);
            }
        } catch (InterruptedException e) {
            throw BenchmarkException.interrupted(e);
        }
    }

    /** Kills it and deletes its data, of which nobody has any use. */
    @Override
    public void close() {
        admin.close();
        kafka.close();
        try (Stream<Path> files = Files.walk(data)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new BenchmarkException(data + " could not be deleted", e);
        }
    }
}
