package io.eventpipeline.consumer.archive;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.eventpipeline.model.archive.ArchiveCheck;
import io.eventpipeline.model.archive.ArchiveFile;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The files of a partition are a chain that cannot fork, whoever writes, dies half-way or wakes up
 * late. On a folder, with writers that are only objects.
 */
class PartitionFolderTests {

    private static final Instant NOW = Instant.parse("2026-11-02T12:30:00Z");
    private static final Hour NOON = Hour.of(NOW.toEpochMilli());
    private static final Hour ONE = Hour.of(NOW.plusSeconds(3600).toEpochMilli());

    @TempDir private Path archive;
    private PartitionFolder folder;

    @BeforeEach
    void createFolder() throws IOException {
        Path path = archive.resolve("orders").resolve("id").resolve("3");
        Files.createDirectories(path);
        folder = new PartitionFolder(path);
    }

    @Test
    void isReadByGunzipAndSaysWhereItEnds() throws Exception {
        publish(0, 3, NOON, 0, 1);

        assertThat(folder.newest()).contains(new RangeFooter(0, 3, 2));
        Path file = folder.path().resolve("2026-11-02T12-00000000000000000000.ndjson.gz");
        Process gunzip =
                new ProcessBuilder("gzip", "-dc", file.toString())
                        .redirectErrorStream(true)
                        .start();
        String lines = new String(gunzip.getInputStream().readAllBytes(), UTF_8);
        assertThat(lines).isEqualTo(line(0) + "\n" + line(1) + "\n");
        assertThat(gunzip.waitFor()).isZero();
        assertThat(names()).containsExactly(file.getFileName().toString());
    }

    @Test
    void refusesTheSecondWriterOfARange() throws Exception {
        RangeFile zombie = folder.begin(0, NOON, NOW);
        write(zombie, 0, 1);
        publish(0, 1, NOON, 0);
        publish(1, 2, NOON, 1);

        assertThatThrownBy(() -> folder.publish(zombie, 2))
                .isInstanceOf(FileAlreadyExistsException.class);
        zombie.discard();
        assertHolds(0, 1);
    }

    @Test
    void refusesItWhenCompactionTookTheFirstRecordOfTheHour() throws Exception {
        RangeFile zombie = folder.begin(0, NOON, NOW);
        write(zombie, 0);
        // The second writer does not see that record any more, and the next is of a later hour.
        publish(0, 9, ONE, 8);

        assertThatThrownBy(() -> folder.publish(zombie, 1))
                .isInstanceOf(FileAlreadyExistsException.class);
    }

    @Test
    void refusesToBeginARangeThatIsPublished() throws Exception {
        publish(0, 5, NOON, 0);

        assertThatThrownBy(() -> folder.begin(0, ONE, NOW))
                .isInstanceOf(FileAlreadyExistsException.class);
    }

    @Test
    void clearsAwayWhatADeadWriterLeft() throws Exception {
        publish(0, 5, NOON, 0);
        RangeFile left = folder.begin(5, NOON, NOW);
        write(left, 5);

        folder.clear(5);
        publish(5, 6, NOON, 5);

        assertThatThrownBy(() -> folder.publish(left, 6)).isInstanceOf(NoSuchFileException.class);
        assertHolds(0, 5);
        folder.clear(6);
        assertThat(names()).hasSize(2);
    }

    @Test
    void doesNotCountAHalfFileThatWasNotPublished() throws Exception {
        write(folder.begin(0, NOON, NOW), 0, 1, 2);

        assertThat(folder.newest()).isEmpty();
        assertThat(ArchiveCheck.of(archive).records()).isZero();
    }

    @Test
    void noticesAFileThatWasCutOff() throws Exception {
        publish(0, 3, NOON, 0, 1, 2);
        Path file = folder.path().resolve(names().getFirst());
        byte[] all = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(all, all.length - 7));

        assertThatThrownBy(() -> folder.newest()).isInstanceOf(UnreadableArchiveException.class);
        assertThat(ArchiveCheck.of(archive).findings()).hasSize(1);
    }

    @Test
    void theCheckFindsWhatIsWrong() throws Exception {
        publish(0, 3, NOON, 0, 2, 1);
        publish(3, 5, NOON, 3, 7);
        publish(6, 8, NOON, 7);

        assertThat(ArchiveCheck.of(archive).findings())
                .hasSize(4)
                .anyMatch(finding -> finding.contains("offset 1 behind 2"))
                .anyMatch(finding -> finding.contains("offset 7 behind 3, in a range up to 5"))
                .anyMatch(finding ->
                        finding.contains("begins at 6, but the files before it end at 5"))
                .anyMatch(finding -> finding.contains("offset 7 once more"));
    }

    @Test
    void writerAndReaderAgreeOnTheFooter() throws Exception {
        publish(4, 9, NOON, 5, 6);

        ArchiveFile file = ArchiveFile.findAll(archive).getFirst();
        assertThat(file.footer()).isEqualTo(new ArchiveFile.Footer(9, 2));
        assertThat(file.hour()).isEqualTo("2026-11-02T12");
    }

    private void assertHolds(int... offsets) {
        ArchiveCheck check = ArchiveCheck.of(archive);
        assertThat(check.findings()).isEmpty();
        assertThat(check.offsets("orders", 3).stream()).containsExactly(box(offsets));
    }

    private static Integer[] box(int... offsets) {
        return Arrays.stream(offsets).boxed().toArray(Integer[]::new);
    }

    private void publish(long first, long next, Hour hour, int... offsets) throws IOException {
        RangeFile range = folder.begin(first, hour, NOW);
        write(range, offsets);
        folder.publish(range, next);
    }

    private static void write(RangeFile range, int... offsets) throws IOException {
        for (int offset : offsets) {
            range.append(line(offset).getBytes(UTF_8));
        }
    }

    private static String line(int offset) {
        return "{\"topic\":\"orders\",\"partition\":3,\"offset\":%d}".formatted(offset);
    }

    private List<String> names() throws IOException {
        List<String> names = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder.path())) {
            files.map(file -> String.valueOf(file.getFileName())).sorted().forEach(names::add);
        }
        return names;
    }
}
