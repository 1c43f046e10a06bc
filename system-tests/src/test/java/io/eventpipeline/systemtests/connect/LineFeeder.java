package io.eventpipeline.systemtests.connect;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Appends numbered lines to files, a few a second to each, until it is closed. The lines stand in
 * angle brackets, so that one is found even where a killed writer left half of another before it.
 */
final class LineFeeder implements AutoCloseable {

    private static final int PAUSE_MILLIS = 50;

    private final List<Path> files;
    private final List<String> fed = new ArrayList<>();
    private final ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor();
    private @Nullable Future<?> feeding;
    private int next;

    LineFeeder(List<Path> files) throws IOException {
        this.files = files;
        for (Path file : files) {
            Files.createDirectories(file.getParent());
            Files.writeString(file, "");
        }
    }

    void start() {
        feeding =
                executor.scheduleWithFixedDelay(this::feed, 0, PAUSE_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** Appends one line to each file. */
    synchronized void feed() {
        int number = next++;
        for (int file = 0; file < files.size(); file++) {
            String line = "<%d-%d>".formatted(file, number);
            try {
                Files.writeString(files.get(file), line + "\n", StandardOpenOption.APPEND);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            fed.add(line);
        }
    }

    /** All lines so far, in their order. */
    synchronized List<String> fed() {
        return List.copyOf(fed);
    }

    @Override
    public void close() {
        if (feeding != null) {
            feeding.cancel(false);
        }
        executor.shutdownNow();
        executor.close();
    }
}
