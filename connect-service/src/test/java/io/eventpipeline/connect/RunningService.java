package io.eventpipeline.connect;

import io.eventpipeline.connect.worker.RunningWorker;
import io.eventpipeline.connect.worker.WorkerAccess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The whole service on free ports, with the plugins of the build, and a client of its two APIs. */
final class RunningService implements AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.shared();

    private final HttpClient client = HttpClient.newHttpClient();
    private final ConfigurableApplicationContext context;

    RunningService(String bootstrapServers, String environment, Path files, String... more) {
        List<String> arguments =
                new ArrayList<>(
                        List.of(
                                "--spring.kafka.bootstrap-servers=" + bootstrapServers,
                                "--pipeline.environment=" + environment,
                                "--pipeline.connect.files=" + files,
                                "--pipeline.connect.plugin-path=../connect-plugins/target/plugins",
                                "--pipeline.connect.rest-port=0",
                                "--logging.level.org.apache.kafka.connect=off",
                                "--logging.level.org.apache.kafka.connect.runtime.Worker=off",
                                "--logging.level.org.apache.kafka.connect.runtime.WorkerTask=off",
                                "--server.port=0"));
        arguments.addAll(List.of(more));
        context =
                new SpringApplicationBuilder(ConnectServiceApplication.class)
                        .run(arguments.toArray(String[]::new));
    }

    /** An answer of one of the two APIs. */
    record Answer(int status, String body) {

        JsonNode json() {
            return JSON.readTree(body);
        }
    }

    Answer actuator(String path) {
        String port = context.getEnvironment().getRequiredProperty("local.server.port");
        return send("GET", URI.create("http://127.0.0.1:" + port + "/actuator" + path), null);
    }

    Answer get(String path) {
        return send("GET", rest(path), null);
    }

    Answer put(String path, @Nullable Object body) {
        return send("PUT", rest(path), body);
    }

    Answer post(String path, Object body) {
        return send("POST", rest(path), body);
    }

    Answer patch(String path, Object body) {
        return send("PATCH", rest(path), body);
    }

    Answer delete(String path) {
        return send("DELETE", rest(path), null);
    }

    /** What the readiness says of one component. */
    JsonNode readiness(String component) {
        return actuator("/health/readiness").json().at("/components/" + component);
    }

    boolean isReady() {
        return actuator("/health/readiness").status() == 200;
    }

    /** The state of a connector's first task; empty while there is none. */
    String taskState(String connector) {
        return isReady()
                ? get("connectors/" + connector + "/status")
                        .json()
                        .at("/tasks/0/state")
                        .asString("")
                : "";
    }

    /** A connector's settings as they are stored, secrets included; empty where there is none. */
    Map<String, String> storedConfig(String connector) {
        return running().config(connector).orElse(Map.of());
    }

    @Override
    public void close() {
        context.close();
    }

    private RunningWorker running() {
        return context.getBean(WorkerAccess.class).running().orElseThrow();
    }

    private URI rest(String path) {
        return running().localUrl().resolve(path);
    }

    Answer send(String method, String path, @Nullable Object body) {
        return send(method, rest(path), body);
    }

    Answer send(String method, URI uri, @Nullable Object body) {
        HttpRequest request =
                HttpRequest.newBuilder(uri)
                        .header("Content-Type", "application/json")
                        .method(
                                method,
                                body == null
                                        ? BodyPublishers.noBody()
                                        : BodyPublishers.ofString(JSON.writeValueAsString(body)))
                        .build();
        try {
            HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
            return new Answer(response.statusCode(), response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    static Map<String, String> fileSource(Path file, String topic) {
        return Map.of(
                "connector.class",
                "FileStreamSource",
                "file",
                file.toString(),
                "topic",
                topic,
                "value.converter",
                "org.apache.kafka.connect.storage.StringConverter");
    }

    static Map<String, String> fileSink(Path file, String topic) {
        return Map.of(
                "connector.class",
                "FileStreamSink",
                "file",
                file.toString(),
                "topics",
                topic,
                "value.converter",
                "org.apache.kafka.connect.storage.StringConverter");
    }
}
