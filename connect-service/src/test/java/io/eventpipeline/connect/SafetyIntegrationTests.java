package io.eventpipeline.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.eventpipeline.connect.RunningService.Answer;
import io.eventpipeline.localcluster.SharedCluster;
import io.eventpipeline.model.topic.PipelineTopic;
import io.eventpipeline.model.topic.TopicCatalogue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/**
 * Whoever reaches the REST API learns no secret, and gets nothing to run that is not meant to: each
 * known danger is tried.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SafetyIntegrationTests {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final String ENVIRONMENT = "connectsafety";
    private static final String TOPIC =
            new TopicCatalogue(ENVIRONMENT).name(PipelineTopic.LOG_LINE);
    private static final String PLAIN = "plain-s3cret";
    private static final String KEPT = "s3cret-in-a-file";

    private Path files;
    private String placeholder;
    private RunningService service;

    @BeforeAll
    void start(@TempDir Path machine) throws IOException {
        files = machine.resolve("files");
        Path secrets = Files.createDirectories(machine.resolve("secrets").toAbsolutePath());
        Path shop = Files.writeString(secrets.resolve("shop.properties"), "password=" + KEPT);
        placeholder = "${file:" + shop + ":password}";
        Files.writeString(machine.resolve("outside.properties"), "password=" + KEPT);
        service =
                new RunningService(
                        SharedCluster.kafka().bootstrapServers(),
                        ENVIRONMENT,
                        files,
                        "--pipeline.connect.secrets=" + secrets,
                        "--pipeline.connect.safety.allowed-connectors=org.apache.kafka.connect.file.*",
                        "--pipeline.connect.declared.built-in=");
        await().atMost(PATIENCE).until(service::isReady);
    }

    @AfterAll
    void stop() {
        service.close();
    }

    @Test
    void showsNoSecretOfAConnector() {
        make("keeps-a-secret", Map.of("shop.password", PLAIN, "shop.token", placeholder));
        await().atMost(PATIENCE).until(() -> service.taskState("keeps-a-secret").equals("RUNNING"));

        for (String path :
                List.of(
                        "connectors/keeps-a-secret",
                        "connectors/keeps-a-secret/config",
                        "connectors/keeps-a-secret/tasks",
                        "connectors?expand=info&expand=status")) {
            assertThat(service.get(path).body()).as(path).doesNotContain(PLAIN, KEPT);
        }
        JsonNode config = service.get("connectors/keeps-a-secret/config").json();
        assertThat(config.at("/shop.password").asString()).isEqualTo("[hidden]");
        assertThat(config.at("/shop.token").asString()).isEqualTo(placeholder);
        service.delete("connectors/keeps-a-secret");
    }

    @Test
    void keepsASecretThatAClientGivesBackMasked() {
        make("given-back", Map.of("shop.password", PLAIN));
        Map<String, String> read = new HashMap<>(settings(Map.of()));
        read.put("shop.password", "[hidden]");
        read.put("batch.size", "7");

        assertThat(service.put("connectors/given-back/config", read).status()).isEqualTo(200);
        assertThat(service.patch("connectors/given-back/config", Map.of("batch.size", "8")).body())
                .doesNotContain(PLAIN);

        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(service.storedConfig("given-back"))
                                .containsEntry("shop.password", PLAIN)
                                .containsEntry("batch.size", "8"));
        read.put("other.password", "[hidden]");
        Answer refused = service.put("connectors/given-back/config", read);
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.body()).contains("'other.password'");
        service.delete("connectors/given-back");
    }

    @Test
    void resolvesNoSecretForWhoeverValidates() {
        for (String name : List.of("topic", "file", "tasks.max", "batch.size", "x")) {
            Answer answer =
                    service.put(
                            "connector-plugins/FileStreamSource/config/validate",
                            settings(Map.of("name", "curious", name, placeholder)));
            assertThat(answer.status()).as(name).isEqualTo(200);
            assertThat(answer.body()).as(name).doesNotContain(KEPT);
        }
    }

    @Test
    void resolvesNoSecretForWhoeverMakesAMistake() {
        Map<String, String> mistaken = Map.of("topic", placeholder, "x.password", PLAIN);

        for (Answer answer :
                List.of(
                        service.put("connectors/mistaken/config", mistaken),
                        service.post("connectors", Map.of("name", "mistaken", "config", mistaken)),
                        service.put(
                                "connectors/mistaken/config",
                                settings(Map.of("batch.size", placeholder))))) {
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.body()).doesNotContain(KEPT, PLAIN);
        }
    }

    @Test
    void showsNoSecretInATrace() {
        Map<String, String> sink =
                new HashMap<>(RunningService.fileSink(files.resolve("x"), TOPIC));
        sink.put("file", files + "/no-folder-" + placeholder + "/out.txt");
        service.put("connectors/fails/config", sink);

        await().atMost(PATIENCE).until(() -> service.taskState("fails").equals("FAILED"));

        for (String path :
                List.of(
                        "connectors/fails/status",
                        "connectors/fails/tasks",
                        "connectors/fails/tasks/0/status",
                        "connectors?expand=status")) {
            assertThat(service.get(path).body()).as(path).doesNotContain(KEPT);
        }
        String health = service.actuator("/health").body();
        assertThat(health).contains("no-folder-[hidden]").doesNotContain(KEPT);
        service.delete("connectors/fails");
    }

    @Test
    void readsNoFileOutsideTheFolderOfSecrets() {
        Path outside = files.resolveSibling("outside.properties").toAbsolutePath();
        Path around = files.resolveSibling("secrets/../outside.properties").toAbsolutePath();
        for (Path path : List.of(outside, around)) {
            make("reader", Map.of("x", "${file:" + path + ":password}"));
            await().atMost(PATIENCE)
                    .until(() -> service.get("connectors/reader/tasks").body().contains("\"x\""));
            assertThat(service.get("connectors/reader/tasks").body())
                    .contains("${file:")
                    .doesNotContain(KEPT);
            service.delete("connectors/reader");
        }
    }

    @Test
    void refusesAConnectorThatIsNotOnTheList() {
        Answer answer =
                service.put(
                        "connectors/stranger/config",
                        Map.of(
                                "connector.class",
                                "io.eventpipeline.connect.hostmetrics.HostMetricsSourceConnector",
                                "topic",
                                TOPIC));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body()).contains("HostMetricsSourceConnector", "allowed-connectors");
    }

    @ParameterizedTest
    @CsvSource({
        "producer.override.sasl.jaas.config, com.sun.security.auth.module.JndiLoginModule"
                + " required;",
        "producer.override.bootstrap.servers, elsewhere:9092",
        "admin.override.sasl.oauthbearer.token.endpoint.url, file:///etc/passwd",
        "config.providers, file",
        "x.sasl.jaas.config, com.sun.security.auth.module.LdapLoginModule required;"
    })
    void refusesAWayIn(String name, String value) {
        Answer answer = service.put("connectors/intruder/config", settings(Map.of(name, value)));

        assertThat(answer.status()).isEqualTo(400);
        // Kafka's own policy leaves the prefix out.
        assertThat(answer.body()).contains("'" + name.replaceFirst(".*override\\.", "") + "'");
    }

    @Test
    void takesTaskSettingsFromWorkersAlone() {
        make("signed", Map.of());

        assertThat(
                        service.post(
                                        "connectors/signed/tasks",
                                        List.of(Map.of("file", "/etc/passwd", "topic", TOPIC)))
                                .status())
                .isIn(400, 403);
        assertThat(service.put("connectors/signed/fence", null).status()).isIn(400, 403);
        service.delete("connectors/signed");
    }

    private void make(String connector, Map<String, String> more) {
        assertThat(service.put("connectors/" + connector + "/config", settings(more)).status())
                .isEqualTo(201);
    }

    private Map<String, String> settings(Map<String, String> more) {
        Map<String, String> settings =
                new HashMap<>(RunningService.fileSource(files.resolve("lines.txt"), TOPIC));
        settings.putAll(more);
        return settings;
    }
}
