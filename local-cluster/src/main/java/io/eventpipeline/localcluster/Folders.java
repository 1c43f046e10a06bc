package io.eventpipeline.localcluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Makes and deletes folders, with messages that say which. */
public final class Folders {

    private Folders() {}

    static Path create(Path folder) {
        try {
            return Files.createDirectories(folder);
        } catch (IOException e) {
            throw new LocalClusterException("could not create the folder " + folder, e);
        }
    }

    /** Deletes a folder and everything in it; links are deleted, not followed. */
    public static void delete(Path folder) {
        List<Path> deepestFirst;
        try (Stream<Path> paths = Files.walk(folder)) {
            deepestFirst = paths.sorted(Comparator.reverseOrder()).toList();
        } catch (NoSuchFileException e) {
            return;
        } catch (IOException e) {
            throw new LocalClusterException("could not read the folder " + folder, e);
        } catch (UncheckedIOException e) {
            throw new LocalClusterException("could not read the folder " + folder, e.getCause());
        }
        for (Path path : deepestFirst) {
            try {
                Files.deleteIfExists(path);
            } catch (IOException e) {
                throw new LocalClusterException("could not delete " + path, e);
            }
        }
    }
}
