package io.eventpipeline.benchmarks.consuming;

import io.eventpipeline.benchmarks.processes.ServiceProcess;
import java.nio.file.Path;
import java.util.List;

/** consumer-service from its jar, in a process of its own. */
public final class ConsumerService implements AutoCloseable {

    private final ServiceProcess process;

    private ConsumerService(ServiceProcess process) {
        this.process = process;
    }

    /**
     * Starts it and waits until it is ready.
     *
     * @param name of the process and its log
     * @param settings properties besides broker and port, as {@code name=value}
     */
    public static ConsumerService start(
            String name,
            Path jar,
            List<String> jvmOptions,
            String bootstrapServers,
            List<String> settings,
            Path folder) {
        return new ConsumerService(
                ServiceProcess.ofJar(
                                name,
                                jar,
                                ServiceProcess.freePort(),
                                jvmOptions,
                                bootstrapServers,
                                settings,
                                folder)
                        .awaitReady(ready -> !ready.get("/listeners").contains("\"WAITING")));
    }

    /** The number of its process. */
    public long pid() {
        return process.pid();
    }

    /** Stops a listener and waits until its consumers have left. */
    public void stop(String listener) {
        process.post("/listeners/" + listener + "/stop");
    }

    /** Starts a listener. */
    public void start(String listener) {
        process.post("/listeners/" + listener + "/start");
    }

    /** What a GET answers. */
    public String get(String path) {
        return process.get(path);
    }

    @Override
    public void close() {
        process.close();
    }
}
