package io.eventpipeline.model.archive;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;

/**
 * A published file of the archive: {@code <topic>/<topic id>/<partition>/<hour>-<first
 * offset>.ndjson.gz}, each line a record as JSON.
 *
 * @param path where it is
 * @param topic the topic
 * @param topicId Kafka's id of the topic; one that was deleted and made again has another
 * @param partition the partition
 * @param hour the hour of the records' timestamps, such as {@code 2026-11-21T16}, in UTC; none is
 *     of a later one
 * @param first the first offset of its range, whether a record has it or not
 */
public record ArchiveFile(
        Path path, String topic, String topicId, int partition, String hour, long first) {

    private static final Pattern NAME =
            Pattern.compile("(\\d{4}-\\d{2}-\\d{2}T\\d{2})-(\\d{20})\\.ndjson\\.gz");
    private static final Pattern PARTITION = Pattern.compile("\\d{1,9}");

    private static final int FOOTER = 50;
    private static final int NEXT_OFFSET = 24;
    private static final int RECORDS = 32;
    private static final int DEPTH = 4;

    /**
     * Finds the files of an archive, in the order of topic, topic id, partition and offset. What is
     * not published yet has names that do not count, and may come and go meanwhile.
     *
     * @param folder the archive
     * @throws UncheckedIOException if it cannot be read
     */
    public static List<ArchiveFile> findAll(Path folder) {
        List<ArchiveFile> found = new ArrayList<>();
        try {
            Files.walkFileTree(
                    folder,
                    Set.of(),
                    DEPTH,
                    new SimpleFileVisitor<>() {
                        @Override
                        public FileVisitResult visitFile(Path file, BasicFileAttributes is) {
                            if (is.isRegularFile()) {
                                parse(folder, file).ifPresent(found::add);
                            }
                            return FileVisitResult.CONTINUE;
                        }

                        @Override
                        public FileVisitResult visitFileFailed(Path file, IOException why)
                                throws IOException {
                            if (why instanceof NoSuchFileException && !file.equals(folder)) {
                                return FileVisitResult.CONTINUE;
                            }
                            throw why;
                        }
                    });
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + folder, e);
        }
        found.sort(
                Comparator.comparing(ArchiveFile::topic)
                        .thenComparing(ArchiveFile::topicId)
                        .thenComparingInt(ArchiveFile::partition)
                        .thenComparingLong(ArchiveFile::first)
                        .thenComparing(ArchiveFile::hour));
        return found;
    }

    private static Optional<ArchiveFile> parse(Path folder, Path path) {
        Path inside = folder.relativize(path);
        Matcher name = NAME.matcher(String.valueOf(inside.getFileName()));
        if (inside.getNameCount() != DEPTH || !name.matches()) {
            return Optional.empty();
        }
        String number = inside.getName(2).toString();
        return PARTITION.matcher(number).matches()
                ? Optional.of(
                        new ArchiveFile(
                                path,
                                inside.getName(0).toString(),
                                inside.getName(1).toString(),
                                Integer.parseInt(number),
                                name.group(1),
                                Long.parseLong(name.group(2))))
                : Optional.empty();
    }

    /**
     * What the end of a file says of it.
     *
     * @param next the first offset behind its range, where another file begins or will
     * @param records how many lines it has
     */
    public record Footer(long next, long records) {}

    /**
     * Reads the last bytes: an empty gzip member with an extra field {@code EP} of three 64-bit
     * numbers, little-endian: first offset, next offset, records.
     *
     * @throws IOException if there is none, or it belongs to another name
     */
    public Footer footer() throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(FOOTER).order(ByteOrder.LITTLE_ENDIAN);
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "r")) {
            file.seek(Math.max(0, file.length() - FOOTER));
            file.readFully(bytes.array());
        }
        if (bytes.get(12) != 'E' || bytes.get(13) != 'P' || bytes.getLong(16) != first) {
            throw new IOException(path + " does not end as a file that begins at " + first);
        }
        return new Footer(bytes.getLong(NEXT_OFFSET), bytes.getLong(RECORDS));
    }

    /**
     * Reads its lines, in the order of their offsets.
     *
     * @throws IOException if it is damaged
     */
    public void forEachLine(Consumer<String> reader) throws IOException {
        try (BufferedReader lines =
                new BufferedReader(
                        new InputStreamReader(
                                new GZIPInputStream(Files.newInputStream(path), 64 * 1024),
                                UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                reader.accept(line);
            }
        }
    }
}
