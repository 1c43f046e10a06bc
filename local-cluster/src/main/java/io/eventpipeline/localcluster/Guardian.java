package io.eventpipeline.localcluster;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One small process a JVM that ends every registered child when the JVM is gone, however it went:
 * by return, by {@code kill -9}, or by a crash. Its standard input is held open by this JVM alone,
 * so its end cannot be missed; the guardian sits in a session of its own, so that Ctrl-C does not
 * reach it. Safe for use by several threads.
 */
final class Guardian {

    private static @Nullable Guardian instance;

    private final Process process;
    private final BufferedWriter orders;

    private Guardian() {
        try {
            process =
                    new ProcessBuilder(command())
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .start();
        } catch (IOException e) {
            throw new LocalClusterException("could not start the guardian of child processes", e);
        }
        orders = process.outputWriter(StandardCharsets.UTF_8);
    }

    static synchronized Guardian get() {
        if (instance == null || !instance.process.isAlive()) {
            instance = new Guardian();
        }
        return instance;
    }

    /** Kills this process and its children when this JVM ends. */
    void add(long pid) {
        send("add " + pid);
    }

    /** Forgets a process that has ended, before its number goes to another one. */
    void remove(long pid) {
        send("del " + pid);
    }

    /** Deletes this folder when this JVM has ended. */
    void deleteAtEnd(Path folder) {
        send("delete " + folder.toAbsolutePath());
    }

    private synchronized void send(String order) {
        try {
            orders.write(order);
            orders.write('\n');
            orders.flush();
        } catch (IOException e) {
            throw new LocalClusterException("the guardian of child processes is gone", e);
        }
    }

    private static List<String> command() {
        List<String> command = new ArrayList<>();
        if (Signal.supported()) {
            command.addAll(OwnSession.prefix());
            command.addAll(List.of("/bin/sh", "-c", script()));
        } else {
            command.addAll(
                    List.of(
                            LocalProcess.javaExecutable(),
                            "-Xmx16m",
                            "-XX:+UseSerialGC",
                            "-cp",
                            System.getProperty("java.class.path"),
                            WindowsGuardian.class.getName()));
        }
        return command;
    }

    private static String script() {
        try (InputStream in = Guardian.class.getResourceAsStream("guardian.sh")) {
            if (in == null) {
                throw new LocalClusterException("guardian.sh is missing from the jar");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
