package io.eventpipeline.standalone.instance;

import java.io.IOException;
import java.io.PrintStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/**
 * A growing log file.
 *
 * @param file where it is
 */
public record LogFile(Path file) {

    private static final long POLL_MILLIS = 200;
    private static final long TAIL_BYTES = 1 << 20;

    /** The names of all logs of an instance. */
    public static List<String> names(DataFolder data) {
        if (!Files.isDirectory(data.logs())) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(data.logs())) {
            return files.map(file -> String.valueOf(file.getFileName()))
                    .filter(name -> name.endsWith(".log"))
                    .map(name -> name.substring(0, name.length() - ".log".length()))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    /** Prints its last lines. */
    public void print(PrintStream out, int lines) {
        try (RandomAccessFile log = new RandomAccessFile(file.toFile(), "r")) {
            long from = Math.max(0, log.length() - TAIL_BYTES);
            log.seek(from);
            byte[] end = new byte[(int) (log.length() - from)];
            log.readFully(end);
            List<String> all = new String(end, StandardCharsets.UTF_8).lines().toList();
            all.subList(Math.max(0, all.size() - lines), all.size()).forEach(out::println);
        } catch (IOException e) {
            throw new PipelineException(file + " cannot be read: " + e.getMessage() + ".", e);
        }
    }

    /** Prints what is added, until this program is stopped. */
    public void follow(PrintStream out) {
        follow(out, length(), () -> true);
    }

    /**
     * Prints what is added behind a position, as long as the condition holds, and then the rest.
     */
    void follow(PrintStream out, long from, BooleanSupplier goOn) {
        long position = from;
        boolean last;
        do {
            last = !goOn.getAsBoolean();
            position = printFrom(out, position);
            if (!last) {
                pause();
            }
        } while (!last);
    }

    long length() {
        try {
            return Files.exists(file) ? Files.size(file) : 0;
        } catch (IOException e) {
            return 0;
        }
    }

    private long printFrom(PrintStream out, long position) {
        if (length() == position || !Files.exists(file)) {
            return position;
        }
        try (RandomAccessFile log = new RandomAccessFile(file.toFile(), "r")) {
            // A new start has begun the file anew.
            long from = log.length() < position ? 0 : position;
            byte[] added = new byte[(int) Math.min(log.length() - from, TAIL_BYTES)];
            log.seek(from);
            log.readFully(added);
            out.write(added, 0, added.length);
            out.flush();
            return from + added.length;
        } catch (IOException e) {
            throw new PipelineException(file + " cannot be read: " + e.getMessage() + ".", e);
        }
    }

    private static void pause() {
        try {
            Thread.sleep(POLL_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PipelineException("Interrupted.", e);
        }
    }
}
