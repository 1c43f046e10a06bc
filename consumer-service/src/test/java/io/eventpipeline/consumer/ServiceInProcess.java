package io.eventpipeline.consumer;

import io.eventpipeline.localcluster.FreePorts;
import io.eventpipeline.localcluster.LocalProcess;
import io.eventpipeline.model.json.EventJson;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** An instance of the service in a process of its own, which can be killed and frozen. */
final class ServiceInProcess implements AutoCloseable {

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final JsonMapper JSON = EventJson.mapper();

    private final int port = FreePorts.take("127.0.0.1", 1).getFirst();
    private final LocalProcess process;

    ServiceInProcess(String name, Path logs, List<String> settings) {
        List<String> command = new ArrayList<>();
        command.addAll(
                List.of(
                        LocalProcess.javaExecutable(),
                        "-Xmx256m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ConsumerServiceApplication.class.getName(),
                        "--server.port=" + port,
                        "--pipeline.consumer.instance-id=" + name,
                        "--spring.jmx.enabled=false"));
        command.addAll(settings);
        process =
                LocalProcess.builder(name)
                        .command(command)
                        .logFile(logs.resolve(name + ".log"))
                        .build();
    }

    void start() {
        process.start();
    }

    void kill() {
        process.kill();
    }

    void suspend() {
        process.suspend();
    }

    void resume() {
        process.resume();
    }

    /** How many partitions its archive has; none while it does not answer. */
    int archivePartitions() {
        try {
            JsonNode health = JSON.readTree(get("/actuator/health"));
            return health.at("/components/listeners/details/archive/partitions").intValue(0);
        } catch (IOException e) {
            return 0;
        }
    }

    /** A counter of the archive, summed up over its other tags. */
    long count(String metric) {
        try {
            return (long)
                    get("/actuator/prometheus")
                            .lines()
                            .filter(line ->
                                    line.startsWith(metric) && line.contains("group=\"archive\""))
                            .mapToDouble(line ->
                                    Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                            .sum();
        } catch (IOException e) {
            return 0;
        }
    }

    private String get(String path) throws IOException {
        try {
            return HTTP.send(
                            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                                    .timeout(Duration.ofSeconds(10))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    @Override
    public void close() {
        process.close();
    }
}
