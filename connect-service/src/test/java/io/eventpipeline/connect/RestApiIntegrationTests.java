package io.eventpipeline.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.eventpipeline.connect.RunningService.Answer;
import io.eventpipeline.localcluster.SharedCluster;
import io.eventpipeline.model.topic.PipelineTopic;
import io.eventpipeline.model.topic.TopicCatalogue;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Every path of Kafka Connect's REST API answers as Kafka's own {@code ConnectDistributed} does,
 * which runs beside the service on the same broker with the same plugins. The steps build on each
 * other.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RestApiIntegrationTests {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final String ENVIRONMENT = "connectrest";
    private static final String TOPIC =
            new TopicCatalogue(ENVIRONMENT).name(PipelineTopic.LOG_LINE);

    private Path file;
    private RunningService service;
    private KafkasOwnWorker peer;

    @BeforeAll
    void start(@TempDir Path machine) throws IOException {
        Path files = Files.createDirectories(machine.resolve("files"));
        file = Files.writeString(files.resolve("lines.txt"), "one\ntwo\nthree\n");
        service =
                new RunningService(
                        SharedCluster.kafka().bootstrapServers(),
                        ENVIRONMENT,
                        files,
                        "--pipeline.connect.declared.built-in=");
        peer = new KafkasOwnWorker(SharedCluster.kafka().bootstrapServers(), "kafkas-own");
        await().atMost(PATIENCE).until(service::isReady);
        await().atMost(PATIENCE).until(() -> peer("GET", "health", null).status() == 200);
    }

    @AfterAll
    void stop() {
        peer.close();
        service.close();
    }

    @Test
    @Order(1)
    void tellsWhatItIs() {
        same("GET", "", null, 200);
        same("GET", "health", null, 200);
        same("GET", "connectors", null, 200);
        same("GET", "connector-plugins", null, 200);
        same("GET", "connector-plugins?connectorsOnly=false", null, 200);
        same("GET", "connector-plugins/FileStreamSource/config", null, 200);
        same("GET", "connector-plugins/FileStreamSource/config?version=4.2.1", null, 200);
        same("GET", "connector-plugins/Missing/config", null, 404);
    }

    @Test
    @Order(2)
    void validates() {
        String path = "connector-plugins/FileStreamSource/config/validate";
        same("PUT", path, named(source()), 200);
        same(
                "PUT",
                path,
                named(Map.of("connector.class", "FileStreamSource", "file", file.toString())),
                200);
        same("PUT", path, named(Map.of("connector.class", "FileStreamSink")), 400);
        same("PUT", path, Map.of("name", "lines"), 500);
    }

    @Test
    @Order(3)
    void makesAStoppedConnectorWhoseOffsetsCanBeSet() {
        Map<String, Object> request =
                Map.of("name", "lines", "config", source(), "initial_state", "STOPPED");
        same("POST", "connectors", request, 201);
        until("connectors/lines/status", "/connector/state", "STOPPED");
        same("POST", "connectors", request, 409);
        same("GET", "connectors/lines/offsets", null, 200);
        Map<String, Object> offset =
                Map.of(
                        "partition",
                        Map.of("filename", file.toString()),
                        "offset",
                        Map.of("position", 4));
        same("PATCH", "connectors/lines/offsets", Map.of("offsets", List.of(offset)), 200);
        same("GET", "connectors/lines/offsets", null, 200);
        same("PATCH", "connectors/lines/offsets", Map.of("offsets", List.of()), 400);
        same("DELETE", "connectors/lines/offsets", null, 200);
        same("GET", "connectors/lines/offsets", null, 200);
        same("GET", "connectors/none/offsets", null, 404);
    }

    @Test
    @Order(4)
    void showsARunningConnector() {
        same("PUT", "connectors/lines/resume", null, 202);
        until("connectors/lines/status", "/tasks/0/state", "RUNNING");
        until("connectors/lines/topics", "/lines/topics/0", TOPIC);
        same("DELETE", "connectors/lines/offsets", null, 400);
        same("GET", "connectors", null, 200);
        same("GET", "connectors?expand=status&expand=info", null, 200);
        same("GET", "connectors/lines", null, 200);
        same("GET", "connectors/lines/config", null, 200);
        same("GET", "connectors/lines/status", null, 200);
        same("GET", "connectors/lines/tasks", null, 200);
        same("GET", "connectors/lines/tasks/0/status", null, 200);
        same("GET", "connectors/lines/tasks/7/status", null, 404);
        same("GET", "connectors/lines/topics", null, 200);
        same("PUT", "connectors/lines/topics/reset", null, 202);
        until("connectors/lines/topics", "/lines/topics/0", "");
    }

    @Test
    @Order(5)
    void changesAConnector() {
        Map<String, String> config = new HashMap<>(source());
        config.put("batch.size", "7");
        same("PUT", "connectors/lines/config", config, 200);
        same("PATCH", "connectors/lines/config", Map.of("batch.size", "8"), 200);
        same("PUT", "connectors/lines/config", Map.of("name", "other"), 400);
        same("PUT", "connectors/lines/config", Map.of("topic", TOPIC), 400);
        same("PATCH", "connectors/none/config", Map.of("batch.size", "8"), 404);
        same("PUT", "connectors/more/config", source(), 201);
        until("connectors/more/status", "/tasks/0/state", "RUNNING");
        until("connectors/lines/status", "/tasks/0/state", "RUNNING");
    }

    @Test
    @Order(6)
    void restartsPausesAndStops() {
        same("POST", "connectors/lines/restart", null, 204);
        until("connectors/lines/status", "/connector/state", "RUNNING");
        same("POST", "connectors/lines/restart?includeTasks=true&onlyFailed=true", null, 202);
        until("connectors/lines/status", "/tasks/0/state", "RUNNING");
        same("POST", "connectors/lines/tasks/0/restart", null, 204);
        same("POST", "connectors/lines/tasks/7/restart", null, 404);
        same("POST", "connectors/none/restart", null, 404);
        same("PUT", "connectors/lines/pause", null, 202);
        until("connectors/lines/status", "/tasks/0/state", "PAUSED");
        same("PUT", "connectors/lines/stop", null, 204);
        until("connectors/lines/status", "/connector/state", "STOPPED");
        same("PUT", "connectors/none/stop", null, 404);
        same("PUT", "connectors/none/pause", null, 404);
    }

    @Test
    @Order(7)
    void takesInternalCallsFromWorkersAlone() {
        same("POST", "connectors/more/tasks", List.of(source()), 400);
        same("PUT", "connectors/more/fence", null, 400);
    }

    @Test
    @Order(8)
    void changesLogLevels() {
        // Both workers of this JVM have the same loggers.
        String logger = "admin/loggers/org.apache.kafka.connect.runtime.WorkerSinkTask";
        assertThat(service.get("admin/loggers").json().properties()).isNotEmpty();
        assertThat(peer("GET", "admin/loggers", null).json().properties()).isNotEmpty();
        assertThat(service.put(logger, Map.of("level", "ERROR")).status()).isEqualTo(200);
        same("GET", logger, null, 200);
        assertThat(service.put(logger + "?scope=worker", Map.of("level", "FATAL")).body())
                .contains("org.apache.kafka.connect.runtime.WorkerSinkTask");
        same("PUT", logger + "?scope=cluster", Map.of("level", "ERROR"), 204);
        same("PUT", logger, Map.of("level", "LOUD"), 404);
        same("PUT", logger, Map.of(), 400);
    }

    @Test
    @Order(9)
    void removesAConnector() {
        same("DELETE", "connectors/lines", null, 204);
        same("DELETE", "connectors/more", null, 204);
        until("connectors", "/0", "");
        same("GET", "connectors/lines", null, 404);
        same("DELETE", "connectors/lines", null, 404);
    }

    private Map<String, String> source() {
        return RunningService.fileSource(file, TOPIC);
    }

    private static Map<String, String> named(Map<String, String> config) {
        Map<String, String> named = new HashMap<>(config);
        named.put("name", "lines");
        return named;
    }

    /** Both answer with this status, and the same but for what belongs to one worker. */
    private void same(String method, String path, @Nullable Object body, int status) {
        Answer ours = settled(() -> service.send(method, path, body), status);
        Answer kafkas = settled(() -> peer(method, path, body), status);

        assertThat(ours.status()).as("%s %s: %s", method, path, ours.body()).isEqualTo(status);
        assertThat(kafkas.status())
                .as("Kafka's own: %s %s: %s", method, path, kafkas.body())
                .isEqualTo(status);
        assertThat(comparable(ours.body()))
                .as("%s %s", method, path)
                .isEqualTo(comparable(kafkas.body()));
    }

    /** A worker that is rebalancing answers 409, and means later. */
    private static Answer settled(Callable<Answer> call, int status) {
        return await().atMost(PATIENCE)
                .until(call, answer -> answer.status() != 409 || status == 409);
    }

    private void until(String path, String pointer, String value) {
        await().atMost(PATIENCE)
                .until(() ->
                        service.get(path).json().at(pointer).asString("").equals(value)
                                && peer("GET", path, null)
                                        .json()
                                        .at(pointer)
                                        .asString("")
                                        .equals(value));
    }

    private Answer peer(String method, String path, @Nullable Object body) {
        URI url = peer.url().resolve("/" + path);
        return service.send(method, url, body);
    }

    private static Object comparable(String body) {
        if (!body.startsWith("{") && !body.startsWith("[")) {
            return body.contains("<html") ? "a page" : body;
        }
        JsonNode json = JsonMapper.shared().readTree(body);
        withoutPlace(json);
        return json;
    }

    /** Takes out the names of workers, and moments. */
    private static void withoutPlace(JsonNode json) {
        if (json instanceof ObjectNode object) {
            for (String name : List.of("worker_id", "last_modified")) {
                if (object.has(name)) {
                    object.put(name, "");
                }
            }
            object.forEach(RestApiIntegrationTests::withoutPlace);
        } else if (json instanceof ArrayNode array) {
            array.forEach(RestApiIntegrationTests::withoutPlace);
        }
    }
}
