package io.eventpipeline.standalone.instance;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the running instance: a lock that the operating system takes away with its
 * holder, and {@code instance.properties} with the process numbers, which may be stale and is only
 * believed where number and start time fit. Safe for use by several threads.
 */
public final class RunFile implements AutoCloseable {

    private static final String SUPERVISOR = "supervisor";

    private final Path folder;
    private final Map<String, Long> processes = new LinkedHashMap<>();
    private State state = State.STARTING;
    private @Nullable FileChannel channel;

    /** How far the instance is. */
    public enum State {
        /** Not everything is ready yet. */
        STARTING,
        /** Everything was ready once. */
        UP,
        /** On the way down. */
        STOPPING
    }

    /**
     * What another process wrote.
     *
     * @param state how far it was
     * @param processes the living ones of those that it named, by name
     */
    public record Snapshot(State state, Map<String, ProcessHandle> processes) {

        /** The process that holds all others, if it lives. */
        public Optional<ProcessHandle> supervisor() {
            return Optional.ofNullable(processes.get(SUPERVISOR));
        }
    }

    private RunFile(Path folder) {
        this.folder = folder;
    }

    /**
     * Takes the lock for this process.
     *
     * @throws PipelineException if another process has it
     */
    public static RunFile acquire(DataFolder data) {
        RunFile file = new RunFile(data.run());
        try {
            Files.createDirectories(data.run());
            FileChannel channel = open(data);
            if (tryLock(channel) == null) {
                channel.close();
                throw new PipelineException(
                        "The pipeline is running already: see it with ./pipeline status, or stop it"
                                + " with ./pipeline down.");
            }
            file.channel = channel;
        } catch (IOException e) {
            throw new PipelineException(
                    "The folder %s cannot be written: %s.".formatted(data.run(), e.getMessage()),
                    e);
        }
        file.put(SUPERVISOR, ProcessHandle.current().pid());
        return file;
    }

    /** Whether an instance runs on this folder. */
    public static boolean isLocked(DataFolder data) {
        if (!Files.exists(lock(data))) {
            return false;
        }
        try (FileChannel channel = open(data);
                FileLock free = tryLock(channel)) {
            return free == null;
        } catch (IOException e) {
            throw new PipelineException(
                    "%s cannot be read: %s.".formatted(lock(data), e.getMessage()), e);
        }
    }

    /** Reads what the last or the running instance wrote. */
    public static Optional<Snapshot> read(DataFolder data) {
        Path file = data.run().resolve("instance.properties");
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        } catch (IOException e) {
            return Optional.empty();
        }
        Map<String, ProcessHandle> living = new LinkedHashMap<>();
        for (String key : properties.stringPropertyNames()) {
            if (key.startsWith("process.")) {
                living(properties.getProperty(key))
                        .ifPresent(
                                handle -> living.put(key.substring("process.".length()), handle));
            }
        }
        return Optional.of(
                new Snapshot(State.valueOf(properties.getProperty("state", "STARTING")), living));
    }

    /** Remembers a process. */
    public synchronized void put(String name, long pid) {
        processes.put(name, pid);
        write();
    }

    /** Remembers how far the instance is. */
    public synchronized void state(State now) {
        state = now;
        write();
    }

    /** Gives the lock back. */
    @Override
    public synchronized void close() {
        try {
            Files.deleteIfExists(folder.resolve("instance.properties"));
            if (channel != null) {
                channel.close();
                channel = null;
            }
        } catch (IOException e) {
            throw new PipelineException("Could not tidy up " + folder + ": " + e.getMessage(), e);
        }
    }

    private void write() {
        if (channel == null) {
            return;
        }
        Properties properties = new Properties();
        properties.setProperty("state", state.name());
        processes.forEach(
                (name, pid) -> properties.setProperty("process." + name, numberAndStart(pid)));
        Path unfinished = folder.resolve("instance.unfinished");
        try {
            try (Writer writer = Files.newBufferedWriter(unfinished)) {
                properties.store(writer, null);
            }
            Files.move(
                    unfinished,
                    folder.resolve("instance.properties"),
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new PipelineException(
                    "Could not write to " + folder + ": " + e.getMessage() + ".", e);
        }
    }

    /** A number alone may belong to another process by now. */
    static Optional<ProcessHandle> living(String pidAndStart) {
        String[] parts = pidAndStart.split(" ", -1);
        return ProcessHandle.of(Long.parseLong(parts[0]))
                .filter(ProcessHandle::isAlive)
                .filter(handle -> parts.length > 1 && startOf(handle.pid()).equals(parts[1]));
    }

    /** What {@link #living} finds the process by. */
    static String numberAndStart(long pid) {
        return pid + " " + startOf(pid);
    }

    private static String startOf(long pid) {
        return ProcessHandle.of(pid)
                .flatMap(handle -> handle.info().startInstant())
                .map(Instant::toString)
                .orElse("unknown");
    }

    private static Path lock(DataFolder data) {
        return data.run().resolve("lock");
    }

    private static FileChannel open(DataFolder data) throws IOException {
        return FileChannel.open(lock(data), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }
}
