package io.eventpipeline.standalone.instance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Keeps a service of a running instance stopped, from another process: a file beside what is known
 * of the instance, for which the supervisor looks every second. It counts as long as the process
 * that wrote it lives, so that a command which is killed holds nothing. For one thread.
 */
public final class ServiceHold implements AutoCloseable {

    private final DataFolder data;
    private final String service;

    private ServiceHold(DataFolder data, String service) {
        this.data = data;
        this.service = service;
    }

    /**
     * Has a service stopped, in order, and kept stopped until this is closed.
     *
     * @throws PipelineException if the folder cannot be written
     */
    public static ServiceHold take(DataFolder data, String service) {
        try {
            Files.writeString(
                    file(data, service), RunFile.numberAndStart(ProcessHandle.current().pid()));
        } catch (IOException e) {
            throw new PipelineException(
                    "Cannot write to %s: %s.".formatted(data.run(), e.getMessage()), e);
        }
        return new ServiceHold(data, service);
    }

    /** Whether a living process holds the service. */
    static boolean isHeld(DataFolder data, String service) {
        Path file = file(data, service);
        if (!Files.exists(file)) {
            return false;
        }
        try {
            return RunFile.living(Files.readString(file)).isPresent();
        } catch (IOException | NumberFormatException e) {
            // Just being written, or just deleted.
            return false;
        }
    }

    /**
     * Waits until the service has ended.
     *
     * @throws PipelineException if it has not in time
     */
    public void awaitStopped(Duration timeout) {
        long deadline = System.nanoTime() + timeout.toNanos();
        while (isRunning(data, service)) {
            if (System.nanoTime() > deadline) {
                throw new PipelineException(
                        "%s did not stop within %d s.".formatted(service, timeout.toSeconds()));
            }
            Supervisor.pause();
        }
    }

    /** Whether a running instance has a process of the service. */
    public static boolean isRunning(DataFolder data, String service) {
        return RunFile.isLocked(data)
                && RunFile.read(data)
                        .filter(snapshot -> snapshot.processes().containsKey(service))
                        .isPresent();
    }

    /** Lets the supervisor start the service again. */
    @Override
    public void close() {
        try {
            Files.deleteIfExists(file(data, service));
        } catch (IOException e) {
            throw new PipelineException(
                    "Cannot delete %s: %s.".formatted(file(data, service), e.getMessage()), e);
        }
    }

    private static Path file(DataFolder data, String service) {
        return data.run().resolve(service + ".held");
    }
}
