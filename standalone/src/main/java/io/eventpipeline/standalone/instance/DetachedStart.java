package io.eventpipeline.standalone.instance;

import io.eventpipeline.localcluster.LocalProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Starts the supervisor in a session of its own, so that it lives on after this terminal, and shows
 * what it says until everything is ready.
 */
public final class DetachedStart {

    private final DataFolder data;
    private final Narrator narrator;

    /**
     * Creates a start.
     *
     * @param data the instance's folder
     * @param narrator who tells the user
     */
    public DetachedStart(DataFolder data, Narrator narrator) {
        this.data = data;
        this.narrator = narrator;
    }

    /**
     * Starts it and returns when everything is ready, or when it has said why it cannot be.
     *
     * @param arguments the JVM's arguments from the main class on
     * @param timeout how long that may take
     * @return whether everything is ready
     * @throws PipelineException if it runs already, or is not ready in time
     */
    public boolean run(List<String> arguments, Duration timeout) {
        if (RunFile.isLocked(data)) {
            throw new PipelineException(
                    "The pipeline is running already: see it with ./pipeline status, or stop it"
                            + " with ./pipeline down.");
        }
        Path log = data.log("pipeline");
        Process supervisor = start(arguments, log);
        long deadline = System.nanoTime() + timeout.toNanos();
        AtomicBoolean ready = new AtomicBoolean();
        new LogFile(log)
                .follow(
                        System.out,
                        0,
                        () -> {
                            ready.set(isReady());
                            return !ready.get()
                                    && supervisor.isAlive()
                                    && System.nanoTime() < deadline;
                        });
        if (!ready.get()) {
            if (supervisor.isAlive()) {
                supervisor.destroy();
                throw new PipelineException(
                        "Not everything was ready within %d s, so it is being stopped; see %s."
                                .formatted(timeout.toSeconds(), log));
            }
            return false;
        }
        narrator.say("It goes on in the background; what it says is in " + log + ".");
        return true;
    }

    private boolean isReady() {
        return RunFile.read(data)
                .filter(snapshot -> snapshot.state() == RunFile.State.UP)
                .filter(snapshot -> snapshot.supervisor().isPresent())
                .isPresent();
    }

    private static Process start(List<String> arguments, Path log) {
        List<String> command = new ArrayList<>(LocalProcess.ownSession());
        command.add(LocalProcess.javaExecutable());
        command.addAll(
                List.of(
                        "-Xmx96m",
                        "-Xss512k",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:-UsePerfData",
                        "-cp",
                        System.getProperty("java.class.path")));
        command.addAll(arguments);
        try {
            Files.createDirectories(log.toAbsolutePath().getParent());
            Files.deleteIfExists(log);
            return new ProcessBuilder(command)
                    .redirectInput(nothing())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
        } catch (IOException e) {
            throw new PipelineException("The start failed: " + e.getMessage() + ".", e);
        }
    }

    private static ProcessBuilder.Redirect nothing() {
        Path nothing = Path.of("/dev/null");
        return ProcessBuilder.Redirect.from(
                Files.exists(nothing) ? nothing.toFile() : Path.of("NUL").toFile());
    }
}
