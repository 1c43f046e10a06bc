package io.eventpipeline.benchmarks.consuming;

import io.eventpipeline.benchmarks.processes.BenchmarkException;
import io.eventpipeline.localcluster.FreePorts;
import io.eventpipeline.localcluster.LocalProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** consumer-service from its jar, in a process of its own. */
public final class ConsumerService implements AutoCloseable {

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final Duration START_TIMEOUT = Duration.ofMinutes(3);
    private static final Duration ANSWER = Duration.ofSeconds(30);
    private static final Duration PAUSE = Duration.ofMillis(200);
    private static final int OK = 200;

    private final LocalProcess process;
    private final int port;

    private ConsumerService(LocalProcess process, int port) {
        this.process = process;
        this.port = port;
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
        int port = FreePorts.take("127.0.0.1", 1).getFirst();
        List<String> command = new ArrayList<>();
        command.add(LocalProcess.javaExecutable());
        command.addAll(jvmOptions);
        command.addAll(
                List.of(
                        "-jar",
                        jar.toString(),
                        "--server.port=" + port,
                        "--spring.kafka.bootstrap-servers=" + bootstrapServers));
        settings.forEach(setting -> command.add("--" + setting));
        LocalProcess process =
                LocalProcess.builder(name)
                        .command(command)
                        .logFile(folder.resolve(name + ".log"))
                        .start();
        ConsumerService service = new ConsumerService(process, port);
        try {
            service.awaitReady();
            return service;
        } catch (RuntimeException e) {
            service.close();
            throw e;
        }
    }

    /** The number of its process. */
    public long pid() {
        return process.pid();
    }

    /** Stops a listener and waits until its consumers have left. */
    public void stop(String listener) {
        command(listener, "stop");
    }

    /** Starts a listener. */
    public void start(String listener) {
        command(listener, "start");
    }

    /** What a GET answers. */
    public String get(String path) {
        return send("GET", path).body();
    }

    private void command(String listener, String verb) {
        HttpResponse<String> answer = send("POST", "/listeners/" + listener + "/" + verb);
        if (answer.statusCode() != OK) {
            throw new BenchmarkException(
                    "%s of %s: %d %s"
                            .formatted(verb, listener, answer.statusCode(), answer.body()));
        }
    }

    private HttpResponse<String> send(String method, String path) {
        try {
            return HTTP.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                            .timeout(ANSWER)
                            .method(method, BodyPublishers.noBody())
                            .build(),
                    BodyHandlers.ofString());
        } catch (IOException e) {
            throw new BenchmarkException("consumer-service does not answer " + path, e);
        } catch (InterruptedException e) {
            throw BenchmarkException.interrupted(e);
        }
    }

    private void awaitReady() {
        long deadline = System.nanoTime() + START_TIMEOUT.toNanos();
        while (System.nanoTime() < deadline) {
            if (!process.isAlive()) {
                break;
            }
            try {
                if (send("GET", "/actuator/health/readiness").statusCode() == OK
                        && !get("/listeners").contains("\"WAITING")) {
                    return;
                }
            } catch (BenchmarkException e) {
                // Its port is not open yet.
            }
            Waiting.pause(PAUSE);
        }
        throw new BenchmarkException(
                "consumer-service is not ready; the end of %s:%n%s"
                        .formatted(process.logFile(), String.join("\n", process.lastLogLines(20))));
    }

    @Override
    public void close() {
        process.kill();
    }
}
