package io.eventpipeline.connect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.eventpipeline.connect.RunningService.Answer;
import io.eventpipeline.model.cloudevents.CloudEventHeaders;
import io.eventpipeline.model.cloudevents.EventMetadata;
import io.eventpipeline.model.event.EventTypes;
import io.eventpipeline.model.ops.ServerMeasured;
import io.eventpipeline.model.serde.EventSerdes;
import io.eventpipeline.model.topic.PipelineTopic;
import io.eventpipeline.model.topic.TopicCatalogue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What the service does on a broker, wherever that comes from. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ConnectScenarios {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final String ENVIRONMENT = "connecttests";
    private static final TopicCatalogue TOPICS = new TopicCatalogue(ENVIRONMENT);

    private Path machine;
    private Path files;
    private RunningService service;

    /** Where the broker of these tests is. */
    abstract String bootstrapServers();

    @BeforeAll
    void start(@TempDir Path folder) {
        machine = folder;
        files = machine.resolve("files");
        service =
                new RunningService(
                        bootstrapServers(),
                        ENVIRONMENT,
                        files,
                        "--pipeline.connect.declared.check-interval=2s");
        await().atMost(PATIENCE).until(service::isReady);
    }

    @AfterAll
    void stop() {
        service.close();
    }

    @Test
    void answersLikeKafkasOwnWorker() {
        assertThat(service.get("").json().at("/version").asString()).isEqualTo("4.2.1");
        assertThat(service.get("health").json().at("/status").asString()).isEqualTo("healthy");
        assertThat(service.get("connector-plugins").body())
                .contains("HostMetricsSourceConnector", "FileStreamSource", "FileStreamSink");
        Answer missing = service.get("connectors/none");
        assertThat(missing.status()).isEqualTo(404);
        assertThat(missing.json().at("/error_code").asInt()).isEqualTo(404);
    }

    @Test
    void feedsTheMeasurementsOfThisMachineByItself() {
        String topic = TOPICS.name(PipelineTopic.SERVER_MEASURED);
        await().atMost(PATIENCE).until(() -> records(topic).size() >= 2);

        for (ConsumerRecord<String, byte[]> record : records(topic)) {
            ServerMeasured event =
                    EventSerdes.deserializer(ServerMeasured.class)
                            .deserialize(topic, record.value());
            assertThat(event.cpuLoad()).isBetween(0.0, 1.0);
            assertThat(event.memoryUsedBytes()).isBetween(1L, event.memoryTotalBytes());
            assertThat(event.measuredAt()).isBefore(Instant.now());
            assertThat(record.key()).isEqualTo(event.host().value());
            assertThat(record.timestamp()).isEqualTo(event.measuredAt().toEpochMilli());

            EventMetadata metadata = CloudEventHeaders.read(record.headers()).orElseThrow();
            assertThat(metadata.type()).isEqualTo(EventTypes.nameOf(ServerMeasured.class));
            assertThat(metadata.identity().source()).isEqualTo("/connect-service/host-metrics");
            assertThat(metadata.subject()).isEqualTo(record.key());
            assertThat(metadata.time()).isEqualTo(event.measuredAt());
        }
    }

    @Test
    void putsADeclaredConnectorRightThatSomeoneChanged() {
        await().atMost(PATIENCE)
                .until(() -> service.get("connectors/host-metrics/config").status() == 200);
        service.patch("connectors/host-metrics/config", Map.of("interval.ms", "60000"));

        await().atMost(PATIENCE)
                .until(() ->
                        service.get("connectors/host-metrics/config")
                                .json()
                                .at("/interval.ms")
                                .asString()
                                .equals("5000"));
    }

    @Test
    void carriesLinesFromAFileThroughATopicIntoAFile() throws IOException {
        Path in = files.resolve("in.txt");
        Path out = files.resolve("out.txt");
        List<String> lines = IntStream.range(0, 500).mapToObj(i -> "line " + i).toList();
        Files.write(in, lines);
        String topic = TOPICS.name(PipelineTopic.LOG_LINE);

        assertThat(
                        service.put(
                                        "connectors/lines-in/config",
                                        RunningService.fileSource(in, topic))
                                .status())
                .isEqualTo(201);
        assertThat(
                        service.post(
                                        "connectors",
                                        Map.of(
                                                "name",
                                                "lines-out",
                                                "config",
                                                RunningService.fileSink(out, topic)))
                                .status())
                .isEqualTo(201);

        await().atMost(PATIENCE).until(() -> linesOf(out).size() >= lines.size());
        assertThat(linesOf(out)).containsExactlyInAnyOrderElementsOf(lines);

        Files.writeString(in, "one more\n", StandardOpenOption.APPEND);
        await().atMost(PATIENCE).until(() -> linesOf(out).contains("one more"));
        assertThat(linesOf(out)).hasSize(lines.size() + 1);
        assertThat(records(topic)).hasSize(lines.size() + 1);
    }

    @Test
    void refusesAFileOutsideItsFolderByEveryDoor() {
        Path outside = machine.resolve("outside.txt");
        Map<String, String> source =
                RunningService.fileSource(outside, TOPICS.name(PipelineTopic.LOG_LINE));
        Map<String, String> sink =
                RunningService.fileSink(outside, TOPICS.name(PipelineTopic.LOG_LINE));
        service.put(
                "connectors/harmless/config",
                RunningService.fileSource(
                        files.resolve("harmless.txt"), TOPICS.name(PipelineTopic.LOG_LINE)));

        List<Answer> answers =
                List.of(
                        service.put("connectors/thief/config", source),
                        service.put("connectors/thief/config", sink),
                        service.post("connectors", Map.of("name", "thief", "config", source)),
                        service.patch(
                                "connectors/harmless/config", Map.of("file", outside.toString())),
                        service.patch("connectors/harmless/config", Map.of("file", "")));

        assertThat(answers)
                .allSatisfy(answer -> {
                    assertThat(answer.status()).isEqualTo(400);
                    assertThat(answer.body()).contains("'file'", files.toString());
                });
        assertThat(service.get("connectors/thief").status()).isEqualTo(404);
        assertThat(
                        service.put(
                                        "connector-plugins/FileStreamSource/config/validate",
                                        withName(source))
                                .json()
                                .at("/error_count")
                                .asInt())
                .isEqualTo(1);
        service.delete("connectors/harmless");
    }

    @Test
    void refusesClientOverrides() {
        Map<String, String> source =
                new HashMap<>(
                        RunningService.fileSource(
                                files.resolve("x.txt"), TOPICS.name(PipelineTopic.LOG_LINE)));
        source.put("producer.override.sasl.jaas.config", "com.example.Login required;");

        assertThat(service.put("connectors/overrider/config", source).status()).isEqualTo(400);
    }

    @Test
    void changesLogLevels() {
        String logger = "org.apache.kafka.connect.runtime.WorkerSourceTask";
        assertThat(service.put("admin/loggers/" + logger, Map.of("level", "ERROR")).status())
                .isEqualTo(200);

        assertThat(service.get("admin/loggers/" + logger).json().at("/level").asString())
                .isEqualTo("ERROR");
    }

    @Test
    void namesAFailedTaskAndStaysReady() throws IOException {
        Path folder = Files.createDirectories(files.resolve("a-folder"));
        service.put(
                "connectors/fails/config",
                RunningService.fileSink(folder, TOPICS.name(PipelineTopic.LOG_LINE_FILTERED)));
        try {
            await().atMost(PATIENCE)
                    .untilAsserted(() -> {
                        Answer health = service.actuator("/health");
                        assertThat(health.status()).isEqualTo(200);
                        assertThat(health.json().at("/status").asString()).isEqualTo("DEGRADED");
                        assertThat(
                                        health.json()
                                                .at(
                                                        "/components/connectors/details/fails/tasks/0/cause")
                                                .asString(""))
                                .contains("a-folder");
                    });
            assertThat(service.isReady()).isTrue();
        } finally {
            service.delete("connectors/fails");
        }
    }

    @Test
    void restartsATaskThatFailedOnceItsCauseIsGone() throws IOException {
        Path blocked = files.resolve("blocked");
        Path inTheWay = Files.writeString(blocked, "a file where a folder should be");
        service.put(
                "connectors/heals/config",
                RunningService.fileSink(
                        blocked.resolve("out.txt"), TOPICS.name(PipelineTopic.LOG_LINE_FILTERED)));
        await().atMost(PATIENCE).until(() -> service.taskState("heals").equals("FAILED"));

        Files.delete(inTheWay);
        Files.createDirectory(blocked);

        await().atMost(PATIENCE).until(() -> service.taskState("heals").equals("RUNNING"));
        service.delete("connectors/heals");
    }

    private static Map<String, String> withName(Map<String, String> config) {
        Map<String, String> named = new HashMap<>(config);
        named.put("name", "thief");
        return named;
    }

    private static List<String> linesOf(Path file) throws IOException {
        return Files.exists(file) ? Files.readAllLines(file, UTF_8) : List.of();
    }

    private List<ConsumerRecord<String, byte[]>> records(String topic) {
        return CommittedRecords.of(bootstrapServers(), topic);
    }
}
