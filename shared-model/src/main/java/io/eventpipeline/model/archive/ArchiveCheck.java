package io.eventpipeline.model.archive;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads a whole archive and says what is wrong with it: a record that is there twice, out of order
 * or in a file that is not its own; files that overlap, leave out offsets or are damaged. Which
 * records should be there, only the topics can tell: compare {@link #offsets}. Not thread-safe.
 */
public final class ArchiveCheck {

    private static final JsonMapper JSON = JsonMapper.shared();

    private final Map<Key, BitSet> offsets = new HashMap<>();
    private final List<String> findings = new ArrayList<>();
    private int files;
    private long records;

    private ArchiveCheck() {}

    /**
     * Reads an archive. One that is still written to may be read: what is published later is not
     * seen.
     *
     * @throws java.io.UncheckedIOException if the folder cannot be listed
     */
    public static ArchiveCheck of(Path folder) {
        ArchiveCheck check = new ArchiveCheck();
        ArchiveFile before = null;
        long end = 0;
        for (ArchiveFile file : ArchiveFile.findAll(folder)) {
            try {
                if (before != null && isOfOnePartition(before, file)) {
                    check.require(
                            file.first() == end,
                            "%s begins at %d, but the files before it end at %d",
                            file,
                            file.first(),
                            end);
                }
                before = file;
                end = file.footer().next();
                check.read(file, end);
            } catch (IOException e) {
                check.findings.add("%s cannot be read: %s".formatted(file.path(), e));
            }
        }
        return check;
    }

    private static boolean isOfOnePartition(ArchiveFile one, ArchiveFile other) {
        return Key.of(one).equals(Key.of(other));
    }

    private void read(ArchiveFile file, long next) throws IOException {
        files++;
        BitSet present = offsets.computeIfAbsent(Key.of(file), key -> new BitSet());
        Position position = new Position(file.first() - 1);
        file.forEachLine(line -> {
            JsonNode json = parse(line);
            if (json == null) {
                findings.add("%s has a line that is no record".formatted(file.path()));
                return;
            }
            long offset = json.path("offset").longValue(-1);
            require(
                    json.path("topic").stringValue("").equals(file.topic())
                            && json.path("partition").intValue(-1) == file.partition(),
                    "%s has a record of another partition at %d",
                    file,
                    offset);
            require(
                    offset > position.last && offset < next,
                    "%s has offset %d behind %d, in a range up to %d",
                    file,
                    offset,
                    position.last,
                    next);
            require(!present.get((int) offset), "%s has offset %d once more", file, offset);
            present.set((int) offset);
            position.last = offset;
            position.count++;
        });
        records += position.count;
        long said = file.footer().records();
        require(position.count == said, "%s has %d records, not %d", file, position.count, said);
    }

    private static @Nullable JsonNode parse(String line) {
        try {
            JsonNode json = JSON.readTree(line);
            return json.path("offset").longValue(-1) < 0 ? null : json;
        } catch (JacksonException e) {
            return null;
        }
    }

    private void require(boolean met, String finding, ArchiveFile file, Object... details) {
        if (!met) {
            List<Object> words = new ArrayList<>(List.of(file.path()));
            words.addAll(List.of(details));
            findings.add(finding.formatted(words.toArray()));
        }
    }

    /** What is wrong, in words; empty if nothing is. */
    public List<String> findings() {
        return List.copyOf(findings);
    }

    /** How many files there are. */
    public int files() {
        return files;
    }

    /** How many records they hold. */
    public long records() {
        return records;
    }

    /** The offsets of a partition that are there, of whatever topic id. */
    public BitSet offsets(String topic, int partition) {
        BitSet present = new BitSet();
        offsets.forEach((key, some) -> {
            if (key.topic().equals(topic) && key.partition() == partition) {
                present.or(some);
            }
        });
        return present;
    }

    private record Key(String topic, String topicId, int partition) {

        static Key of(ArchiveFile file) {
            return new Key(file.topic(), file.topicId(), file.partition());
        }
    }

    /** Where the reading of a file stands. */
    private static final class Position {

        private long last;
        private long count;

        Position(long before) {
            last = before;
        }
    }
}
