package io.eventpipeline.streams;

import static io.eventpipeline.model.topic.PipelineTopic.ADDRESS_CHANGED;
import static io.eventpipeline.streams.RunningService.await;
import static io.eventpipeline.streams.RunningService.freePort;
import static io.eventpipeline.streams.Shop.address;
import static org.assertj.core.api.Assertions.assertThat;

import io.eventpipeline.localcluster.SharedCluster;
import io.eventpipeline.model.json.EventJson;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What is answered while state is restored, batch by batch and slowly. */
class RestoreIntegrationTests {

    private static final String ALICE = "/customers/alice/address";
    private static final int COMMITS = 8;

    private final String environment = "it-" + UUID.randomUUID().toString().substring(0, 8);

    @Test
    void saysHowFarARestoreIsAndNeverThatAKeyIsNotThere(@TempDir Path folder) {
        int port = freePort();
        try (RunningService.Topics topics =
                new RunningService.Topics(SharedCluster.kafka().bootstrapServers(), environment)) {
            try (RunningService before = start(folder.resolve("before"), port).ready()) {
                for (int i = 1; i <= COMMITS; i++) {
                    String street = "Weg " + i;
                    topics.send(ADDRESS_CHANGED, address("alice", street), street);
                    await(street).until(() -> before.get(ALICE).body().contains(street));
                }
            }
            try (RunningService restored =
                    start(
                            folder.resolve("empty"),
                            port,
                            // One batch is fetched at a time.
                            "--spring.kafka.streams.properties.restore.consumer.max.partition.fetch.bytes=1",
                            "--spring.kafka.streams.properties.restore.consumer.fetch.min.bytes=1000000",
                            "--spring.kafka.streams.properties.restore.consumer.fetch.max.wait.ms=300")) {
                await("a refusal with the progress")
                        .until(() -> {
                            HttpResponse<String> answer = restored.get(ALICE);
                            assertThat(answer.statusCode()).isEqualTo(503);
                            assertThat(answer.headers().firstValue("Retry-After")).hasValue("1");
                            return tellsProgress(answer);
                        });
                await("the key")
                        .until(() -> {
                            HttpResponse<String> answer = restored.get(ALICE);
                            assertThat(answer.statusCode()).isIn(200, 503);
                            return answer.statusCode() == 200;
                        });
                assertThat(restored.get(ALICE).body()).contains("Weg " + COMMITS);
            }
        }
    }

    private static boolean tellsProgress(HttpResponse<String> answer) {
        JsonNode restoring = EventJson.mapper().readTree(answer.body()).path("restoring").path(0);
        if (restoring.isMissingNode()) {
            return false;
        }
        assertThat(restoring.get("store").asString()).isEqualTo("addresses");
        assertThat(restoring.get("percent").intValue()).isBetween(0, 100);
        assertThat(restoring.get("remaining").intValue()).isPositive();
        return restoring.get("restored").intValue() > 0;
    }

    private RunningService start(Path stateDir, int port, String... settings) {
        return RunningService.start(
                SharedCluster.kafka().bootstrapServers(), environment, stateDir, port, settings);
    }
}
