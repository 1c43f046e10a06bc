package io.eventpipeline.standalone.instance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where an instance keeps everything: one folder for each store, the logs, and what is known of the
 * running instance. {@code reset} deletes these folders and no others.
 *
 * @param root usually {@code data} beside the script
 */
public record DataFolder(Path root) {

    private static final List<String> FOLDERS =
            List.of("kafka", "postgresql", "streams", "files", "archive", "logs", "run");
    private static final long NEEDED_BYTES = 1L << 30;

    /** The brokers' data. */
    public Path kafka() {
        return root.resolve("kafka");
    }

    /** The database's data. */
    public Path postgresql() {
        return root.resolve("postgresql");
    }

    /** The state stores of streams-service. */
    public Path streams() {
        return root.resolve("streams");
    }

    /** The files that Connect's file source and sink may touch. */
    public Path files() {
        return root.resolve("files");
    }

    /** The archived events. */
    public Path archive() {
        return root.resolve("archive");
    }

    /** One log file for each process. */
    public Path logs() {
        return root.resolve("logs");
    }

    /** What is known of the running instance. */
    public Path run() {
        return root.resolve("run");
    }

    /** The log file of a process. */
    public Path log(String process) {
        return logs().resolve(process + ".log");
    }

    /**
     * Makes the folders and keeps one older generation of each log.
     *
     * @throws PipelineException if the folder cannot be written, or too little space is left
     */
    public void prepare() {
        try {
            for (Path folder : List.of(logs(), run(), files(), streams(), archive())) {
                Files.createDirectories(folder);
            }
            rotateLogs();
            long free = Files.getFileStore(root).getUsableSpace();
            if (free < NEEDED_BYTES) {
                throw new PipelineException(
                        "Only %d MiB of disk are free for %s: free some space (1 GiB is needed), or choose another folder with --data."
                                .formatted(free >> 20, root));
            }
        } catch (IOException e) {
            throw new PipelineException(
                    "The folder %s cannot be written (%s): mend its permissions or free some space, or choose another folder with --data."
                            .formatted(root, e.getMessage()),
                    e);
        }
    }

    /**
     * Deletes all data of the instance.
     *
     * @throws PipelineException if something cannot be deleted
     */
    public void delete() {
        for (String folder : FOLDERS) {
            delete(root.resolve(folder));
        }
        try {
            Files.deleteIfExists(root);
        } catch (IOException e) {
            // Something of the user's own is in it: then it stays.
            return;
        }
    }

    private void rotateLogs() throws IOException {
        try (Stream<Path> logs = Files.list(logs())) {
            for (Path log : logs.filter(file -> file.toString().endsWith(".log")).toList()) {
                // The supervisor of a detached instance writes to this one already.
                if (!log.equals(log("pipeline"))) {
                    Path older = log.resolveSibling(log.getFileName() + ".1");
                    Files.move(log, older, StandardCopyOption.REPLACE_EXISTING);
                }
            }
        }
    }

    private static void delete(Path folder) {
        List<Path> deepestFirst;
        try (Stream<Path> paths = Files.walk(folder)) {
            deepestFirst = paths.sorted(Comparator.reverseOrder()).toList();
            for (Path path : deepestFirst) {
                Files.deleteIfExists(path);
            }
        } catch (NoSuchFileException e) {
            return;
        } catch (IOException | UncheckedIOException e) {
            throw new PipelineException(
                    "%s could not be deleted: delete it by hand (%s)."
                            .formatted(folder, e.getMessage()),
                    e);
        }
    }
}
