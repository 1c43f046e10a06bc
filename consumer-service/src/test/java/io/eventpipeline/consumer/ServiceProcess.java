package io.eventpipeline.consumer;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** An instance of the service in a process of its own, to be stopped or killed. */
public final class ServiceProcess implements AutoCloseable {

    private final Process process;

    private ServiceProcess(Process process) {
        this.process = process;
    }

    /** Starts an instance; its output goes to a file. */
    public static ServiceProcess start(
            Path output, String bootstrap, String jdbcUrl, String environment, String... more)
            throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx256m"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.add(ConsumerServiceApplication.class.getName());
        command.add("--server.port=0");
        command.add("--spring.kafka.bootstrap-servers=" + bootstrap);
        command.add("--spring.datasource.url=" + jdbcUrl);
        command.add("--pipeline.environment=" + environment);
        command.addAll(List.of(more));
        return new ServiceProcess(
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile())
                        .start());
    }

    /** Asks it to end (SIGTERM). */
    public void terminate() {
        process.destroy();
    }

    /** Ends it without a word (SIGKILL). */
    public void kill() {
        process.destroyForcibly();
    }

    /** Whether it ended within a time. */
    public boolean ends(Duration timeout) throws InterruptedException {
        return process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
