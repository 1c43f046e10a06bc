package io.eventpipeline.connect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.eventpipeline.localcluster.SharedCluster;
import io.eventpipeline.model.topic.PipelineTopic;
import io.eventpipeline.model.topic.TopicCatalogue;
import io.eventpipeline.model.topic.TopicDefinition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * What always fails is named with its cause and restarted no more than the limit, until somebody
 * acts. What a sink cannot read goes to the dead letters with Connect's own headers.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HealingIntegrationTests {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Duration NAMED_WITHIN = Duration.ofSeconds(30);
    private static final int LIMIT = 3;
    private static final String ENVIRONMENT = "connecthealing";
    private static final TopicCatalogue TOPICS = new TopicCatalogue(ENVIRONMENT);
    private static final String LINES = TOPICS.name(PipelineTopic.LOG_LINE);

    private Path files;
    private RunningService service;

    @BeforeAll
    void start(@TempDir Path machine) {
        files = machine.resolve("files");
        service =
                new RunningService(
                        SharedCluster.kafka().bootstrapServers(),
                        ENVIRONMENT,
                        files,
                        "--pipeline.connect.declared.built-in=",
                        "--pipeline.connect.restart.first-pause=100ms",
                        "--pipeline.connect.restart.longest-pause=200ms",
                        "--pipeline.connect.restart.limit=" + LIMIT);
        await().atMost(PATIENCE).until(service::isReady);
    }

    @AfterAll
    void stop() {
        service.close();
    }

    @Test
    void namesWhatAlwaysFailsAndStopsRestartingIt() throws IOException {
        Path folder = Files.createDirectories(files.resolve("a-folder"));
        service.put("connectors/fails/config", RunningService.fileSink(folder, LINES));

        await().atMost(NAMED_WITHIN.multipliedBy(4))
                .untilAsserted(() ->
                        assertThat(task("fails").at("/cause").asString("")).contains("a-folder"));
        await().atMost(PATIENCE).until(() -> task("fails").at("/givenUp").asBoolean());
        JsonNode givenUp = task("fails");
        assertThat(givenUp.at("/restarts").asInt()).isEqualTo(LIMIT);
        assertThat(givenUp.at("/firstCause").asString()).contains("a-folder");
        assertThat(service.actuator("/health").json().at("/status").asString())
                .isEqualTo("DEGRADED");
        assertThat(service.actuator("/prometheus").body())
                .contains("pipeline_connect_restarts_total{connector=\"fails\"} " + LIMIT + ".0")
                .contains("pipeline_connect_given_up 1.0");

        // Somebody acts, in vain.
        service.post("connectors/fails/tasks/0/restart", Map.of());
        await().atMost(PATIENCE)
                .until(() ->
                        service.actuator("/prometheus")
                                .body()
                                .contains(
                                        "pipeline_connect_restarts_total{connector=\"fails\"} "
                                                + 2 * LIMIT
                                                + ".0"));
        // And then with success.
        service.put(
                "connectors/fails/config", RunningService.fileSink(files.resolve("out"), LINES));
        await().atMost(PATIENCE).until(() -> service.taskState("fails").equals("RUNNING"));
        service.delete("connectors/fails");
    }

    @Test
    void sendsWhatASinkCannotReadToTheDeadLetters() {
        String topic = TOPICS.name(PipelineTopic.LOG_LINE_FILTERED);
        Map<String, String> sink =
                new HashMap<>(RunningService.fileSink(files.resolve("json-out"), topic));
        sink.put("value.converter", "org.apache.kafka.connect.json.JsonConverter");
        sink.put("errors.tolerance", "all");
        sink.put("errors.deadletterqueue.topic.name", deadLettersOf(topic));
        sink.put("errors.deadletterqueue.topic.replication.factor", "1");
        sink.put("errors.deadletterqueue.context.headers.enable", "true");
        TestRecords.send(SharedCluster.kafka().bootstrapServers(), topic, "{ no json");
        service.put("connectors/picky/config", sink);

        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(
                                        CommittedRecords.of(
                                                SharedCluster.kafka().bootstrapServers(),
                                                deadLettersOf(topic)))
                                .singleElement()
                                .satisfies(letter -> {
                                    assertThat(letter.value())
                                            .isEqualTo("{ no json".getBytes(UTF_8));
                                    assertThat(
                                                    TestRecords.header(
                                                            letter,
                                                            "__connect.errors.connector.name"))
                                            .isEqualTo("picky");
                                    assertThat(TestRecords.header(letter, "__connect.errors.topic"))
                                            .isEqualTo(topic);
                                    assertThat(
                                                    TestRecords.header(
                                                            letter, "__connect.errors.offset"))
                                            .isEqualTo("0");
                                }));
        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(service.actuator("/prometheus").body())
                                .containsPattern(
                                        "kafka_connect_deadletterqueue_produce_requests\\{connector=\"picky\",task=\"0\"}"
                                            + " 1.0"));
        service.delete("connectors/picky");
    }

    private static String deadLettersOf(String topic) {
        return topic + TopicDefinition.DEAD_LETTER_SUFFIX;
    }

    private JsonNode task(String connector) {
        return service.actuator("/health")
                .json()
                .at("/components/connectors/details/" + connector + "/tasks/0");
    }
}
