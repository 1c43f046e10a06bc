package io.eventpipeline.consumer.archive;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventpipeline.model.archive.ArchiveCheck;
import io.eventpipeline.model.archive.ArchiveFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Holds an archive against the topics: each record of a finished transaction, once. */
public final class ArchivedTopics {

    private final String bootstrapServers;
    private final Path folder;
    private final List<String> topics;

    public ArchivedTopics(String bootstrapServers, Path folder, String... topics) {
        this.bootstrapServers = bootstrapServers;
        this.folder = folder;
        this.topics = List.of(topics);
    }

    /** Fails with what is wrong or missing. */
    public void assertArchivedOnce() {
        ArchiveCheck check = ArchiveCheck.of(folder);
        assertThat(check.findings()).isEmpty();
        read().forEach((partition, offsets) ->
                assertThat(check.offsets(partition.topic(), partition.partition()))
                        .as(partition.toString())
                        .isEqualTo(offsets));
    }

    /** All lines of a partition of the first topic. */
    public List<String> lines(int partition) {
        List<String> all = new ArrayList<>();
        files(partition)
                .forEach(file -> {
                    try {
                        file.forEachLine(all::add);
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                });
        return all;
    }

    /** Where the files of a partition of the first topic are. */
    public Path folder(int partition) {
        return Objects.requireNonNull(files(partition).findAny().orElseThrow().path().getParent());
    }

    private Stream<ArchiveFile> files(int partition) {
        return ArchiveFile.findAll(folder).stream()
                .filter(file ->
                        file.topic().equals(topics.getFirst()) && file.partition() == partition);
    }

    private Map<TopicPartition, BitSet> read() {
        Map<TopicPartition, BitSet> offsets = new HashMap<>();
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(
                        Map.of(
                                "bootstrap.servers",
                                bootstrapServers,
                                "isolation.level",
                                "read_committed",
                                "auto.offset.reset",
                                "earliest"),
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = new ArrayList<>();
            topics.forEach(topic ->
                    consumer.partitionsFor(topic)
                            .forEach(info ->
                                    partitions.add(new TopicPartition(topic, info.partition()))));
            partitions.forEach(partition -> offsets.put(partition, new BitSet()));
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (ends.entrySet().stream()
                    .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(Duration.ofMillis(100))
                        .forEach(found ->
                                offsets.computeIfAbsent(
                                                new TopicPartition(
                                                        found.topic(), found.partition()),
                                                partition -> new BitSet())
                                        .set((int) found.offset()));
            }
        }
        return offsets;
    }
}
