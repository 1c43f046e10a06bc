package io.eventpipeline.benchmarks.connecting;

import io.eventpipeline.benchmarks.consuming.Waiting;
import io.eventpipeline.benchmarks.processes.BenchmarkException;
import io.eventpipeline.localcluster.LocalProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** A Connect worker in a JVM of its own, and its REST API. Confined to one thread. */
public final class ConnectWorkerProcess implements AutoCloseable {

    private static final Duration START_TIMEOUT = Duration.ofMinutes(3);
    private static final Duration ANSWER = Duration.ofSeconds(30);
    private static final Duration LOOK = Duration.ofMillis(50);
    private static final int OK = 200;
    private static final int CONFLICT = 409;
    private static final int FIRST_ERROR = 300;
    private static final double KIB_PER_MIB = 1024;

    private final HttpClient http = HttpClient.newHttpClient();
    private final LocalProcess process;
    private final URI rest;
    private final double secondsToReady;

    private ConnectWorkerProcess(LocalProcess process, URI rest, long started) {
        this.process = process;
        this.rest = rest;
        this.secondsToReady = awaitReady(started);
    }

    /**
     * Starts a worker and waits until it lists its connectors.
     *
     * @param name of the process and its log
     * @param restPort where its REST API will answer
     */
    public static ConnectWorkerProcess start(
            String name, List<String> command, int restPort, Path folder) {
        long started = System.nanoTime();
        return new ConnectWorkerProcess(
                LocalProcess.builder(name)
                        .command(command)
                        .logFile(folder.resolve(name + ".log"))
                        .start(),
                URI.create("http://127.0.0.1:" + restPort),
                started);
    }

    private double awaitReady(long started) {
        while (System.nanoTime() - started < START_TIMEOUT.toNanos() && process.isAlive()) {
            try {
                if (send("GET", "/connectors", "").statusCode() == OK) {
                    return (System.nanoTime() - started) / 1e9;
                }
            } catch (IOException e) {
                // It does not listen yet.
                Waiting.pause(LOOK);
            }
            Waiting.pause(LOOK);
        }
        close();
        throw new BenchmarkException(
                "%s is not ready; the end of %s:%n%s"
                        .formatted(
                                process.name(),
                                process.logFile(),
                                String.join("\n", process.lastLogLines(20))));
    }

    /** From the start of its JVM to the first list of connectors. */
    public double secondsToReady() {
        return secondsToReady;
    }

    /** Its resident memory now. */
    public double residentMib() {
        try {
            return Files.readAllLines(Path.of("/proc/" + process.pid() + "/status")).stream()
                            .filter(line -> line.startsWith("VmRSS:"))
                            .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D+", "")))
                            .findFirst()
                            .orElse(Double.NaN)
                    / KIB_PER_MIB;
        } catch (IOException e) {
            throw new BenchmarkException("no memory of " + process.name(), e);
        }
    }

    /** The number of its process. */
    public long pid() {
        return process.pid();
    }

    /** Makes a connector and waits until its first task runs. */
    public void configure(String connector, Map<String, String> config) {
        command("PUT", "/connectors/" + connector + "/config", config);
        long deadline = System.nanoTime() + START_TIMEOUT.toNanos();
        while (System.nanoTime() < deadline) {
            String status = get("/connectors/" + connector + "/status");
            String state = JsonMapper.shared().readTree(status).at("/tasks/0/state").asString("");
            if (state.equals("RUNNING")) {
                return;
            }
            if (state.equals("FAILED")) {
                throw new BenchmarkException(connector + " failed: " + status);
            }
            Waiting.pause(LOOK);
        }
        throw new BenchmarkException(connector + " does not run");
    }

    /** Removes a connector. */
    public void remove(String connector) {
        command("DELETE", "/connectors/" + connector, Map.of());
    }

    private String get(String path) {
        try {
            return send("GET", path, "").body();
        } catch (IOException e) {
            throw new BenchmarkException(process.name() + " does not answer " + path, e);
        }
    }

    private void command(String method, String path, Map<String, String> body) {
        try {
            HttpResponse<String> answer;
            do {
                answer = send(method, path, JsonMapper.shared().writeValueAsString(body));
            } while (answer.statusCode() == CONFLICT);
            if (answer.statusCode() >= FIRST_ERROR) {
                throw new BenchmarkException(
                        "%s %s: %d %s".formatted(method, path, answer.statusCode(), answer.body()));
            }
        } catch (IOException e) {
            throw new BenchmarkException(process.name() + " does not answer " + path, e);
        }
    }

    private HttpResponse<String> send(String method, String path, String body) throws IOException {
        try {
            return http.send(
                    HttpRequest.newBuilder(rest.resolve(path))
                            .timeout(ANSWER)
                            .header("Content-Type", "application/json")
                            .method(
                                    method,
                                    method.equals("PUT")
                                            ? BodyPublishers.ofString(body)
                                            : BodyPublishers.noBody())
                            .build(),
                    BodyHandlers.ofString());
        } catch (InterruptedException e) {
            throw BenchmarkException.interrupted(e);
        }
    }

    /** Ends it in order. */
    public void stop() {
        process.stop();
    }

    /** Kills it. */
    @Override
    public void close() {
        process.kill();
    }
}
