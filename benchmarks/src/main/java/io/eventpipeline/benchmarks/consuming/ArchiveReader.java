package io.eventpipeline.benchmarks.consuming;

import io.eventpipeline.benchmarks.processes.BenchmarkException;
import io.eventpipeline.model.archive.ArchiveFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.errors.GroupIdNotFoundException;

/** consumer-service's group that writes compressed files. */
public final class ArchiveReader implements Reader {

    private static final String LISTENER = "archive";
    private static final Duration LONGEST = Duration.ofMinutes(10);

    private final ConsumerService service;
    private final Path archive;
    private final Admin admin;
    private final long records;
    private final TreeCpu cpu;

    /**
     * Of a service whose listener is stopped.
     *
     * @param archive its folder
     * @param records how many records the topic has
     */
    public ArchiveReader(
            ConsumerService service,
            Path archive,
            String bootstrapServers,
            long records,
            TreeCpu cpu) {
        this.service = service;
        this.archive = archive;
        this.records = records;
        this.cpu = cpu;
        admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers));
    }

    @Override
    public String name() {
        return "archive";
    }

    @Override
    public Throughput measure() {
        forget();
        service.start(LISTENER);
        try {
            return new Progress(this::published, cpu).measure(1, records, LONGEST);
        } finally {
            service.stop(LISTENER);
        }
    }

    /** What the names and ends of its files say. */
    private long published() {
        long published = 0;
        for (ArchiveFile file : ArchiveFile.findAll(archive)) {
            try {
                published += file.footer().records();
            } catch (IOException e) {
                throw new BenchmarkException(file.path() + " cannot be read", e);
            }
        }
        return published;
    }

    /** The group's offsets too: without files they would mean that the folder is a wrong one. */
    private void forget() {
        try {
            empty(Files.createDirectories(archive));
            admin.deleteConsumerGroups(List.of(LISTENER)).all().get();
        } catch (IOException e) {
            throw new BenchmarkException(archive + " could not be emptied", e);
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof GroupIdNotFoundException)) {
                throw new BenchmarkException("the group's offsets stay", e);
            }
        } catch (InterruptedException e) {
            throw BenchmarkException.interrupted(e);
        }
    }

    private static void empty(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                if (!file.equals(folder)) {
                    Files.delete(file);
                }
            }
        }
    }

    @Override
    public void close() {
        admin.close();
    }
}
