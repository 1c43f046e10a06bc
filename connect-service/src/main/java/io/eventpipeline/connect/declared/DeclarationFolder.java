package io.eventpipeline.connect.declared;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The declarations that came with the service and those of a folder, read anew when a file changes.
 * A file that cannot be understood leaves the others alone, and what it had declared before stands.
 * One thread refreshes; the rest may be read by any.
 */
final class DeclarationFolder {

    private static final int MOST_FILES = 1_000;

    private final DeclarationReader reader;
    private final List<DeclaredConnector> builtIn;
    private final @Nullable Path folder;

    private Map<Path, String> lastLook = Map.of();
    private Map<Path, DeclaredConnector> understood = Map.of();
    private volatile List<DeclaredConnector> declarations;
    private volatile SortedMap<String, String> problems = new TreeMap<>();

    /**
     * Reads what is there.
     *
     * @throws DeclarationException if one that comes with the service is wrong
     */
    DeclarationFolder(DeclarationReader reader, List<String> builtIn, @Nullable Path folder) {
        this.reader = reader;
        this.builtIn = builtIn.stream().map(reader::builtIn).toList();
        this.folder = folder;
        this.declarations = this.builtIn;
        refresh();
    }

    /** All that is declared, the service's own first, then by file name. */
    List<DeclaredConnector> declarations() {
        return declarations;
    }

    /** What is wrong, by file. */
    SortedMap<String, String> problems() {
        return problems;
    }

    /**
     * Looks whether a file has come, changed or gone, and reads then.
     *
     * @return whether there is something new
     */
    boolean refresh() {
        if (folder == null) {
            return false;
        }
        SortedMap<String, String> wrong = new TreeMap<>();
        Map<Path, String> look;
        try {
            look = look(folder);
        } catch (IOException e) {
            wrong.put(
                    folder.toString(),
                    "pipeline.connect.declared.folder cannot be read: " + e.getMessage());
            problems = wrong;
            return false;
        }
        if (look.equals(lastLook) && !problems.containsKey(folder.toString())) {
            return false;
        }
        lastLook = look;
        read(look, wrong);
        return true;
    }

    private static Map<Path, String> look(Path folder) throws IOException {
        Map<Path, String> look = new TreeMap<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file :
                    files.filter(DeclarationReader::isDeclaration).limit(MOST_FILES).toList()) {
                BasicFileAttributes attributes =
                        Files.readAttributes(file, BasicFileAttributes.class);
                // The key changes where a mounted folder is replaced as a whole by a link.
                look.put(
                        file,
                        attributes.lastModifiedTime()
                                + "/"
                                + attributes.size()
                                + "/"
                                + attributes.fileKey());
            }
        }
        return look;
    }

    private void read(Map<Path, String> look, SortedMap<String, String> wrong) {
        Map<Path, DeclaredConnector> read = new TreeMap<>();
        for (Path file : look.keySet()) {
            try {
                read.put(file, reader.read(file));
            } catch (DeclarationException e) {
                wrong.put(file.getFileName().toString(), e.problem());
                DeclaredConnector before = understood.get(file);
                if (before != null) {
                    read.put(file, before);
                }
            }
        }
        understood = read;
        List<DeclaredConnector> all = new ArrayList<>(builtIn);
        read.values()
                .forEach(declared -> {
                    DeclaredConnector first =
                            all.stream()
                                    .filter(other -> other.name().equals(declared.name()))
                                    .findFirst()
                                    .orElse(null);
                    if (first == null) {
                        all.add(declared);
                    } else {
                        wrong.put(
                                declared.file(),
                                "the field 'name': %s is declared in %s already"
                                        .formatted(declared.name(), first.file()));
                    }
                });
        declarations = List.copyOf(all);
        problems = wrong;
    }
}
