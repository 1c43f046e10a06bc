package io.eventpipeline.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.eventpipeline.localcluster.SharedCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * Files of a folder become connectors; what is wrong or would change is shown, by file and field.
 */
class DeclaredIntegrationTests {

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    @TempDir private Path machine;

    @Test
    void followsTheFolder() throws IOException {
        Path folder = Files.createDirectories(machine.resolve("connectors"));
        try (RunningService service = start("connectfolder", folder)) {
            declare(folder, "lines.yaml", source("lines", "batch.size: 7"));
            await().atMost(PATIENCE)
                    .until(() -> config(service, "lines", "batch.size").equals("7"));

            declare(folder, "lines.yaml", source("lines", "batch.size: 8"));
            await().atMost(PATIENCE)
                    .until(() -> config(service, "lines", "batch.size").equals("8"));

            service.patch("connectors/lines/config", Map.of("batch.size", "9"));
            await().atMost(PATIENCE)
                    .until(() -> config(service, "lines", "batch.size").equals("8"));

            declare(folder, "wrong.yaml", source("wrong", "batch.size: many"));
            await().atMost(PATIENCE)
                    .untilAsserted(() ->
                            assertThat(
                                            service.actuator("/health")
                                                    .json()
                                                    .at(
                                                            "/components/declaredConnectors/details/wrong.yaml")
                                                    .asString(""))
                                    .contains("'config.batch.size'"));
            assertThat(service.isReady()).isTrue();

            Files.delete(folder.resolve("lines.yaml"));
            declare(folder, "gone.yaml", "{name: lines, remove: true}");
            await().atMost(PATIENCE).until(() -> service.get("connectors/lines").status() == 404);
        }
    }

    @Test
    void onlyShowsWhatADryRunWouldChange() throws IOException {
        Path folder = Files.createDirectories(machine.resolve("connectors"));
        try (RunningService service =
                start("connectdry", folder, "--pipeline.connect.declared.dry-run=true")) {
            service.put(
                    "connectors/lines/config",
                    RunningService.fileSource(machine.resolve("files/in"), "there"));
            declare(folder, "a.yaml", source("lines", "some.password: s3cret"));
            declare(folder, "b.yaml", source("new", "topic: ''"));

            await().atMost(PATIENCE)
                    .untilAsserted(() -> {
                        JsonNode shown = service.actuator("/connect/declared").json();
                        assertThat(shown.at("/connectors/0/status").asString())
                                .isEqualTo("DIFFERENT");
                        assertThat(shown.at("/connectors/0/differences/topic/actual").asString())
                                .isEqualTo("there");
                        assertThat(shown.at("/connectors/1/status").asString())
                                .isEqualTo("MISSING");
                        assertThat(shown.at("/connectors/1/problem").asString())
                                .contains("'config.topic'");
                        assertThat(shown.toString()).contains("[hidden]").doesNotContain("s3cret");
                    });
            assertThat(service.get("connectors/new").status()).isEqualTo(404);
            assertThat(config(service, "lines", "topic")).isEqualTo("there");
            service.delete("connectors/lines");
        }
    }

    @Test
    void leavesDriftToAPersonWhereThatIsWished() throws IOException {
        Path folder = Files.createDirectories(machine.resolve("connectors"));
        declare(folder, "lines.yaml", source("lines", "batch.size: 7"));
        try (RunningService service =
                start("connectdrift", folder, "--pipeline.connect.declared.drift=report")) {
            await().atMost(PATIENCE)
                    .until(() -> config(service, "lines", "batch.size").equals("7"));
            await().atMost(PATIENCE).until(() -> declared(service).equals("IN_PLACE"));

            service.patch("connectors/lines/config", Map.of("batch.size", "9"));

            await().atMost(PATIENCE).until(() -> declared(service).equals("DIFFERENT"));
            assertThat(config(service, "lines", "batch.size")).isEqualTo("9");
            declare(folder, "lines.yaml", source("lines", "batch.size: 10"));
            await().atMost(PATIENCE)
                    .until(() -> config(service, "lines", "batch.size").equals("10"));
        }
    }

    @Test
    void doesNotFightAWorkerWithOtherDeclarations() throws IOException {
        Path decides = Files.createDirectories(machine.resolve("decides"));
        Path follows = Files.createDirectories(machine.resolve("follows"));
        declare(decides, "lines.yaml", source("lines", "batch.size: 7"));
        declare(follows, "lines.yaml", source("lines", "batch.size: 8"));
        try (RunningService leader = start("connectfight", decides);
                RunningService follower = start("connectfight", follows)) {
            await().atMost(PATIENCE)
                    .until(() ->
                            follower.actuator("/connect").json().at("/group/members").size() == 2);
            await().atMost(PATIENCE).until(() -> declared(follower).equals("DIFFERENT"));

            // Longer than both need to look again, and to change it if they did.
            await().during(Duration.ofSeconds(4))
                    .atMost(PATIENCE)
                    .until(() -> config(leader, "lines", "batch.size").equals("7"));
            assertThat(leader.actuator("/connect").json().at("/worker/isLeader").asBoolean())
                    .isTrue();
            assertThat(declared(leader)).isEqualTo("IN_PLACE");
            assertThat(follower.actuator("/health").body()).contains("decides for the group");
        }
    }

    private RunningService start(String environment, Path folder, String... more) {
        String[] arguments = new String[more.length + 3];
        arguments[0] = "--pipeline.connect.declared.folder=" + folder;
        arguments[1] = "--pipeline.connect.declared.built-in=";
        arguments[2] = "--pipeline.connect.declared.check-interval=1s";
        System.arraycopy(more, 0, arguments, 3, more.length);
        RunningService service =
                new RunningService(
                        SharedCluster.kafka().bootstrapServers(),
                        environment,
                        machine.resolve("files"),
                        arguments);
        await().atMost(PATIENCE).until(service::isReady);
        return service;
    }

    private String source(String name, String more) {
        return """
        name: %s
        config:
          connector.class: FileStreamSource
          tasks.max: 1
          file: %s
          topic: ${topic.log-line}
          %s
        """
                .formatted(name, machine.resolve("files/in"), more)
                .replace(more.startsWith("topic:") ? "  topic: ${topic.log-line}\n" : "\0", "");
    }

    private static void declare(Path folder, String file, String declaration) throws IOException {
        // As a person's editor does: never half a file.
        Path draft = Files.writeString(folder.resolve(file + ".draft"), declaration);
        Files.move(draft, folder.resolve(file), StandardCopyOption.REPLACE_EXISTING);
    }

    private static String config(RunningService service, String connector, String property) {
        return service.get("connectors/" + connector + "/config")
                .json()
                .path(property)
                .asString("");
    }

    private static String declared(RunningService service) {
        return service.actuator("/connect").json().at("/connectors/0/declared").asString("");
    }
}
