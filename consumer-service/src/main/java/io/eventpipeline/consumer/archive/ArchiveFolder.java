package io.eventpipeline.consumer.archive;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.springframework.stereotype.Component;

/**
 * The folder of all files: {@code <topic>/<topic id>/<partition>/}. A topic that was deleted and
 * made again has another id, so its records never mix with the earlier ones. Thread-safe.
 */
@Component
final class ArchiveFolder {

    private static final int PROBE = 8 * 1024;

    private final Path root;
    private final long minFree;

    ArchiveFolder(ArchiveProperties properties) {
        root = properties.folder().toAbsolutePath().normalize();
        minFree = properties.minFree().toBytes();
    }

    /** The folder of a partition, which need not exist. */
    PartitionFolder of(TopicPartition partition, Uuid topicId) {
        return new PartitionFolder(
                topic(partition.topic(), topicId).resolve(Integer.toString(partition.partition())));
    }

    /** The folder of a topic, which need not exist. */
    Path topic(String topic, Uuid topicId) {
        return root.resolve(topic).resolve(topicId.toString());
    }

    /** The folder of another topic of that name that has files. */
    Optional<Path> otherTopic(String topic, Uuid topicId) throws IOException {
        Path present = topic(topic, topicId);
        Path ofName = root.resolve(topic);
        if (!Files.isDirectory(ofName)) {
            return Optional.empty();
        }
        for (Path other : foldersIn(ofName)) {
            if (!other.equals(present)) {
                for (Path partition : foldersIn(other)) {
                    if (new PartitionFolder(partition).hasFiles()) {
                        return Optional.of(other);
                    }
                }
            }
        }
        return Optional.empty();
    }

    /**
     * Tries what writing needs: space, a file that reaches the disk, and a hard link to it.
     *
     * @throws IOException with what does not work
     */
    void requireUsable() throws IOException {
        Folders.create(root);
        Optional<String> tooFull = shortOfSpace();
        if (tooFull.isPresent()) {
            throw new IOException(tooFull.get());
        }
        Path probe = root.resolve(".probe-" + UUID.randomUUID());
        Path link = root.resolve(".probe-" + UUID.randomUUID());
        try {
            try (FileChannel channel =
                    FileChannel.open(
                            probe, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW)) {
                channel.write(ByteBuffer.allocate(PROBE));
                channel.force(true);
            }
            Files.createLink(link, probe);
        } catch (UnsupportedOperationException e) {
            throw new IOException("the file system of " + root + " has no hard links", e);
        } finally {
            Files.deleteIfExists(link);
            Files.deleteIfExists(probe);
        }
    }

    /** Why there is too little space; empty if there is enough. */
    Optional<String> shortOfSpace() throws IOException {
        long free = Files.getFileStore(root).getUsableSpace();
        return free >= minFree
                ? Optional.empty()
                : Optional.of(
                        "%s has %d bytes left, fewer than pipeline.consumer.archive.min-free"
                                .formatted(root, free));
    }

    private static List<Path> foldersIn(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(Files::isDirectory).sorted().toList();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }
}
