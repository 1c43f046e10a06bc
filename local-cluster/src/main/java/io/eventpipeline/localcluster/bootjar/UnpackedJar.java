package io.eventpipeline.localcluster.bootjar;

import io.eventpipeline.localcluster.Folders;
import io.eventpipeline.localcluster.LocalClusterException;
import io.eventpipeline.localcluster.LocalProcess;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A Spring Boot jar with its unpacked form beside it, in a folder {@code <name>.unpacked}: a jar of
 * the application's own classes and {@code lib/} with the others, which a JVM reads much faster
 * than jars in a jar. The folder belongs to one content of the jar and is made anew, with the start
 * cache in it, when the jar has another. Safe for use by several threads and processes.
 */
public final class UnpackedJar {

    private static final Duration TIMEOUT = Duration.ofMinutes(3);
    private static final Object UNPACKING = new Object();
    private static final String CONTENTS = "contents";

    private final Path started;
    private final @Nullable StartCache cache;

    private UnpackedJar(Path started, @Nullable StartCache cache) {
        this.started = started;
        this.cache = cache;
    }

    /**
     * Unpacks a jar if that has not been done yet, which takes about a second. What cannot be
     * unpacked is started as it is: a jar that is not Spring Boot's, one on a read-only disk.
     */
    public static UnpackedJar of(Path jar) {
        Path packed = jar.toAbsolutePath();
        Optional<String> contents = BootJarContents.of(packed);
        if (contents.isEmpty()) {
            return new UnpackedJar(packed, null);
        }
        String name = String.valueOf(packed.getFileName());
        Path folder = packed.resolveSibling(name.replaceFirst("\\.jar$", "") + ".unpacked");
        try {
            unpack(packed, folder, contents.get());
        } catch (IOException | LocalClusterException e) {
            return new UnpackedJar(packed, null);
        }
        Path unpacked = folder.resolve(name);
        return new UnpackedJar(unpacked, new StartCache(unpacked));
    }

    /** The words of a command line that follow the JVM's options: cache and jar. */
    public List<String> arguments() {
        List<String> arguments = new ArrayList<>();
        if (cache != null) {
            arguments.addAll(cache.options());
        }
        arguments.add("-jar");
        arguments.add(started.toString());
        return arguments;
    }

    /** The same without its cache, for runs that shall not depend on whether there is one. */
    public UnpackedJar withoutCache() {
        return new UnpackedJar(started, null);
    }

    /** The cache that belongs to it, made or not; empty if the jar is started as it is. */
    public Optional<StartCache> cache() {
        return Optional.ofNullable(cache);
    }

    private static void unpack(Path jar, Path folder, String contents) throws IOException {
        Path lock = folder.resolveSibling(folder.getFileName() + ".lock");
        // The lock of a file is one for all threads of a JVM.
        synchronized (UNPACKING) {
            try (FileChannel channel =
                            FileChannel.open(
                                    lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    var _ = channel.lock()) {
                if (!isOf(folder, contents)) {
                    Path unfinished = folder.resolveSibling(folder.getFileName() + ".unfinished");
                    Folders.delete(unfinished);
                    extract(jar, unfinished);
                    Files.writeString(unfinished.resolve(CONTENTS), contents);
                    Folders.delete(folder);
                    Files.move(unfinished, folder);
                }
            }
        }
    }

    private static boolean isOf(Path folder, String contents) throws IOException {
        Path file = folder.resolve(CONTENTS);
        return Files.exists(file) && Files.readString(file).equals(contents);
    }

    /** By the tool that the jar brings along. */
    private static void extract(Path jar, Path folder) throws IOException {
        Path log = folder.resolveSibling(folder.getFileName() + ".log");
        LocalProcess tool =
                LocalProcess.builder("the unpacking of " + jar.getFileName())
                        .command(
                                LocalProcess.javaExecutable(),
                                "-Xmx64m",
                                "-XX:+UseSerialGC",
                                "-XX:TieredStopAtLevel=1",
                                "-Djarmode=tools",
                                "-jar",
                                jar.toString(),
                                "extract",
                                "--destination",
                                folder.toString())
                        .logFile(log)
                        .start();
        if (!tool.awaitEnd(TIMEOUT)) {
            tool.kill();
        }
        if (tool.exitCode().orElse(-1) != 0) {
            throw new LocalClusterException(
                    tool.name() + " failed: " + String.join("\n", tool.lastLogLines(5)));
        }
        Files.deleteIfExists(log);
    }
}
