package io.eventpipeline.localcluster;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A child process that can be stopped, killed, frozen and started again with the same command. It
 * runs in a session of its own (Ctrl-C does not reach it), writes standard output and error to its
 * log file, and is killed when this JVM ends, however it ends. Killing and freezing take its
 * children along. Safe for use by several threads.
 */
public final class LocalProcess implements AutoCloseable {

    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(20);
    private static final Duration KILL_TIMEOUT = Duration.ofSeconds(20);
    private static final String WAIT_FOR_REGISTRATION =
            "read -r go || exit 1; exec \"$@\" </dev/null";

    private final String name;
    private final List<String> command;
    private final Map<String, String> environment;
    private final Path logFile;
    private final @Nullable Path workingFolder;
    private @Nullable Process process;

    private LocalProcess(Builder builder) {
        name = builder.name;
        command = List.copyOf(builder.command);
        environment = Map.copyOf(builder.environment);
        logFile = Objects.requireNonNull(builder.logFile, "logFile");
        workingFolder = builder.workingFolder;
        if (command.isEmpty()) {
            throw new IllegalArgumentException("process " + name + " has no command");
        }
    }

    /**
     * Starts the description of a process.
     *
     * @param name what messages call it
     */
    public static Builder builder(String name) {
        return new Builder(name);
    }

    /** The {@code java} program that runs this JVM. */
    public static String javaExecutable() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    /**
     * The words to put before a command so that it runs in a session of its own, which Ctrl-C in
     * this terminal does not reach; none where the system has no such program.
     */
    public static List<String> ownSession() {
        return OwnSession.prefix();
    }

    /**
     * Starts the process; its log is appended to. Does nothing if it runs.
     *
     * @return this
     * @throws LocalClusterException if the program could not be started
     */
    public synchronized LocalProcess start() {
        if (isAlive()) {
            return this;
        }
        Folders.create(Objects.requireNonNull(logFile.toAbsolutePath().getParent()));
        List<String> words = new ArrayList<>();
        if (Signal.supported()) {
            // The child waits until the guardian knows it, so that there is no moment in which
            // this JVM could die and leave it behind.
            words.addAll(List.of("/bin/sh", "-c", WAIT_FOR_REGISTRATION, name));
            words.addAll(OwnSession.prefix());
        }
        words.addAll(command);
        ProcessBuilder builder =
                new ProcessBuilder(words)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.appendTo(logFile.toFile()));
        builder.environment().putAll(environment);
        if (workingFolder != null) {
            builder.directory(workingFolder.toFile());
        }
        Guardian guardian = Guardian.get();
        try {
            Process started = builder.start();
            guardian.add(started.pid());
            var _ = started.onExit().thenAccept(ended -> guardian.remove(ended.pid()));
            try (OutputStream in = started.getOutputStream()) {
                in.write('\n');
            }
            process = started;
            return this;
        } catch (IOException e) {
            throw new LocalClusterException("could not start " + name, e);
        }
    }

    /** Asks it to end (SIGTERM) and kills it if it has not ended within 20 s. */
    public void stop() {
        stop(STOP_TIMEOUT);
    }

    /**
     * Asks it to end (SIGTERM, after waking it if it is frozen) and kills it if it has not in time.
     *
     * @param timeout how long it may take
     * @return whether it ended by itself
     */
    public boolean stop(Duration timeout) {
        return stop(Signal.TERM, timeout);
    }

    /**
     * Waits until it has ended by itself.
     *
     * @return whether it has in time
     */
    public boolean awaitEnd(Duration timeout) {
        Process running = running();
        return running == null || waitFor(running, timeout);
    }

    boolean stop(Signal signal, Duration timeout) {
        signal(signal);
        Process running = running();
        if (running == null || waitFor(running, timeout)) {
            return true;
        }
        kill();
        return false;
    }

    /** Asks it to end and does not wait. */
    void terminate() {
        signal(Signal.TERM);
    }

    private void signal(Signal signal) {
        Process running = running();
        if (running == null) {
            return;
        }
        if (Signal.supported()) {
            Signal.CONT.send(tree(running.toHandle()));
        }
        signal.send(List.of(running.toHandle()));
    }

    /** Kills it and its children at once (SIGKILL) and returns when they are gone. */
    public void kill() {
        Process running = running();
        if (running == null) {
            return;
        }
        ProcessHandle root = running.toHandle();
        if (Signal.supported()) {
            // What is stopped cannot fork while its children are counted.
            Signal.STOP.send(List.of(root));
        }
        List<ProcessHandle> tree = tree(root);
        Signal.KILL.send(tree);
        if (!waitFor(running, KILL_TIMEOUT)) {
            throw new LocalClusterException("process " + name + " survived SIGKILL");
        }
        Readiness.await(
                "the end of the children of " + name,
                KILL_TIMEOUT,
                () -> tree.stream().noneMatch(LocalProcess::runs));
    }

    /** Freezes it and its children (SIGSTOP): connections stay open, nothing answers. */
    public void suspend() {
        ProcessHandle root = require().toHandle();
        Signal.STOP.send(List.of(root));
        Signal.STOP.send(tree(root));
    }

    /** Wakes it and its children (SIGCONT). */
    public void resume() {
        Signal.CONT.send(tree(require().toHandle()));
    }

    /** Kills it, if it runs. */
    @Override
    public void close() {
        kill();
    }

    /** Whether it runs; a frozen one does. */
    public boolean isAlive() {
        return running() != null;
    }

    /**
     * Its process number.
     *
     * @throws IllegalStateException if it was never started
     */
    public long pid() {
        return require().pid();
    }

    /** How it ended: empty while it runs or before its first start; 128 + signal if killed. */
    public synchronized OptionalInt exitCode() {
        return process == null || process.isAlive()
                ? OptionalInt.empty()
                : OptionalInt.of(process.exitValue());
    }

    /** What messages call it. */
    public String name() {
        return name;
    }

    /** Where its standard output and error go. */
    public Path logFile() {
        return logFile;
    }

    /**
     * The end of its log.
     *
     * @param lines how many lines at most
     */
    public List<String> lastLogLines(int lines) {
        return LogTail.read(logFile, lines);
    }

    private synchronized @Nullable Process running() {
        return process != null && process.isAlive() ? process : null;
    }

    private synchronized Process require() {
        if (process == null) {
            throw new IllegalStateException("process " + name + " was never started");
        }
        return process;
    }

    private static List<ProcessHandle> tree(ProcessHandle root) {
        return Stream.concat(Stream.of(root), root.descendants()).toList();
    }

    /** A zombie that nobody has waited for yet does not run any more. */
    private static boolean runs(ProcessHandle handle) {
        if (!handle.isAlive()) {
            return false;
        }
        try {
            String stat =
                    Files.readString(
                            Path.of("/proc", Long.toString(handle.pid()), "stat"),
                            StandardCharsets.ISO_8859_1);
            return stat.charAt(stat.lastIndexOf(')') + 2) != 'Z';
        } catch (IOException e) {
            return handle.isAlive();
        }
    }

    private static boolean waitFor(Process process, Duration timeout) {
        try {
            return process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LocalClusterException("interrupted while a process was ending", e);
        }
    }

    /** Describes a process. */
    public static final class Builder {
        private final String name;
        private final List<String> command = new ArrayList<>();
        private final Map<String, String> environment = new LinkedHashMap<>();
        private @Nullable Path logFile;
        private @Nullable Path workingFolder;

        private Builder(String name) {
            this.name = name;
        }

        /** The program and its arguments. */
        public Builder command(String... words) {
            return command(List.of(words));
        }

        /** The program and its arguments. */
        public Builder command(List<String> words) {
            command.clear();
            command.addAll(words);
            return this;
        }

        /** One environment variable, beside those of this JVM. */
        public Builder environment(String variable, String value) {
            environment.put(variable, value);
            return this;
        }

        /** Environment variables, beside those of this JVM. */
        public Builder environment(Map<String, String> variables) {
            environment.putAll(variables);
            return this;
        }

        /** Where standard output and error are appended; required. */
        public Builder logFile(Path file) {
            logFile = file;
            return this;
        }

        /** The folder it runs in; this JVM's own if not given. */
        public Builder workingFolder(Path folder) {
            workingFolder = folder;
            return this;
        }

        /** A process that is not started yet. */
        public LocalProcess build() {
            return new LocalProcess(this);
        }

        /** A process that is started. */
        public LocalProcess start() {
            return build().start();
        }
    }
}
