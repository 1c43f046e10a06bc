package io.eventpipeline.consumer.archive;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files of one partition of one topic id: {@code <hour>-<first offset>.ndjson.gz}. Each begins
 * where another one ends, so they are a chain, and its end is where the group resumes.
 *
 * <p>A file gets its name by a hard link, which refuses a name that is there already. For this to
 * keep two writers of one range apart the name must follow from the first offset alone, but the
 * hour does not: compaction may take away the record that it came from. So whoever begins a range
 * first writes its hour down ({@code .<first offset>.hour}), and all others take it from there.
 *
 * <p>Thread-safe, and safe against other processes.
 */
final class PartitionFolder {

    private static final Logger log = LoggerFactory.getLogger(PartitionFolder.class);

    private static final Pattern PUBLISHED =
            Pattern.compile("(\\d{4}-\\d{2}-\\d{2}T\\d{2})-(\\d{20})\\.ndjson\\.gz");
    private static final Pattern OPEN = Pattern.compile("\\.(\\d{20})\\.[0-9a-f-]{36}\\.open");
    private static final Pattern HOUR = Pattern.compile("\\.(\\d{20})\\.hour");
    private static final Pattern SKIP = Pattern.compile("skip-to-(\\d{1,18})");

    private final Path folder;

    PartitionFolder(Path folder) {
        this.folder = folder;
    }

    Path path() {
        return folder;
    }

    /** What the newest file covers; empty if there is no file. */
    Optional<RangeFooter> newest() throws IOException {
        Optional<Published> newest =
                published().stream().max(Comparator.comparingLong(Published::first));
        if (newest.isEmpty()) {
            return Optional.empty();
        }
        Path file = folder.resolve(newest.get().name());
        RangeFooter footer = RangeFooter.read(file);
        if (footer.first() != newest.get().first() || footer.next() < footer.first()) {
            throw new UnreadableArchiveException(
                    "the archive's file %s covers other offsets than its name says"
                            .formatted(file));
        }
        return Optional.of(footer);
    }

    boolean hasFiles() throws IOException {
        return !published().isEmpty();
    }

    /**
     * Begins the file of a range.
     *
     * @param first where the chain ends, as this writer knows
     * @param hour the hour of the name, if nobody began this range before
     * @throws FileAlreadyExistsException if the chain goes further
     * @throws NoSuchFileException if another writer clears this folder just now
     */
    RangeFile begin(long first, Hour hour, Instant now) throws IOException {
        Hour agreed = agreedHour(first, hour);
        // After the hour: who published this range meanwhile may have cleared its hour away.
        for (Published file : published()) {
            if (file.first() >= first) {
                throw new FileAlreadyExistsException(folder.resolve(file.name()).toString());
            }
        }
        return RangeFile.create(openName(first), first, agreed, now);
    }

    /**
     * Gives a file its name, once and for all, when all of it is on the disk.
     *
     * @param next the first offset behind it
     * @throws FileAlreadyExistsException if another writer published a file of this range
     * @throws NoSuchFileException if another writer cleared this one away
     */
    void publish(RangeFile range, long next) throws IOException {
        range.complete(next);
        Files.createLink(
                folder.resolve("%s-%020d.ndjson.gz".formatted(range.hour().name(), range.first())),
                range.path());
        Folders.force(folder);
        delete(range.path());
        delete(hourName(range.first()));
    }

    /** Deletes what earlier writers left, and what zombies still write: it would be refused. */
    void clear(long next) throws IOException {
        for (String name : names()) {
            Matcher hour = HOUR.matcher(name);
            if (OPEN.matcher(name).matches()
                    || (hour.matches() && Long.parseLong(hour.group(1)) < next)) {
                delete(folder.resolve(name));
            }
        }
    }

    /**
     * The offset at which an operator wants to go on, by an empty file {@code skip-to-<offset>}.
     */
    OptionalLong skip() throws IOException {
        return names().stream()
                .map(SKIP::matcher)
                .filter(Matcher::matches)
                .mapToLong(name -> Long.parseLong(name.group(1)))
                .max();
    }

    /** Forgets what the operator wanted. */
    void skipped() throws IOException {
        for (String name : names()) {
            if (SKIP.matcher(name).matches()) {
                delete(folder.resolve(name));
            }
        }
    }

    private Hour agreedHour(long first, Hour proposed) throws IOException {
        Path agreement = hourName(first);
        Path proposal = openName(first);
        Files.writeString(proposal, proposed.name(), UTF_8);
        try {
            Files.createLink(agreement, proposal);
        } catch (FileAlreadyExistsException e) {
            log.debug("{} is there already", agreement);
        } finally {
            delete(proposal);
        }
        return Hour.named(Files.readString(agreement, UTF_8));
    }

    private Path hourName(long first) {
        return folder.resolve(".%020d.hour".formatted(first));
    }

    private Path openName(long first) {
        return folder.resolve(".%020d.%s.open".formatted(first, UUID.randomUUID()));
    }

    private List<Published> published() throws IOException {
        List<Published> files = new ArrayList<>();
        for (String name : names()) {
            Matcher file = PUBLISHED.matcher(name);
            if (file.matches()) {
                files.add(new Published(name, Long.parseLong(file.group(2))));
            }
        }
        return files;
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> String.valueOf(file.getFileName())).toList();
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /** What cannot be deleted now, by a system that keeps open files, is cleared away later. */
    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            log.debug("Could not delete {}", file, e);
        }
    }

    private record Published(String name, long first) {}
}
