package io.eventpipeline.streams;

import static io.eventpipeline.streams.RunningService.await;
import static io.eventpipeline.streams.Shop.address;
import static org.assertj.core.api.Assertions.assertThat;

import io.eventpipeline.localcluster.SharedCluster;
import io.eventpipeline.model.json.EventJson;
import io.eventpipeline.model.topic.PipelineTopic;
import io.eventpipeline.model.topic.TopicCatalogue;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** An operator steers the client over REST and sees in the actuator what it does. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SteeringIntegrationTests {

    private final String environment = "it-" + UUID.randomUUID().toString().substring(0, 8);
    private RunningService service;
    private RunningService.Topics topics;

    @SuppressWarnings("NullAway.Init") // JUnit starts the service first.
    SteeringIntegrationTests() {}

    @BeforeAll
    void start(@TempDir Path folder) {
        String bootstrapServers = SharedCluster.kafka().bootstrapServers();
        service =
                RunningService.start(
                                bootstrapServers, environment, folder, RunningService.freePort())
                        .ready();
        topics = new RunningService.Topics(bootstrapServers, environment);
    }

    @AfterAll
    void stop() {
        topics.close();
        service.close();
    }

    @Test
    void pausesAndGoesOn() {
        HttpResponse<String> answer = service.post("/streams/pause");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        try {
            assertThat(answer.body()).contains("\"paused\":true", "\"state\":\"RUNNING\"");
            assertThat(streams().path("paused").booleanValue()).isTrue();
            topics.send(PipelineTopic.ADDRESS_CHANGED, address("alice", "Torstraße 1"), "a-1");

            // Nobody reads it meanwhile, so the lag stays.
            await("a lag that stays")
                    .during(Duration.ofSeconds(1))
                    .until(() -> lag(PipelineTopic.ADDRESS_CHANGED) == 1);
            HttpResponse<String> health = service.get("/actuator/health");
            assertThat(health.statusCode()).isEqualTo(200);
            assertThat(health.body()).contains("DEGRADED", "Paused by an operator");
            assertThat(service.get("/actuator/health/readiness").statusCode()).isEqualTo(200);
            assertThat(service.get("/actuator/health/liveness").statusCode()).isEqualTo(200);
        } finally {
            assertThat(service.post("/streams/resume").body()).contains("\"paused\":false");
        }

        await("the address is read").until(() -> lag(PipelineTopic.ADDRESS_CHANGED) == 0);
        assertThat(service.get("/customers/alice/address").statusCode()).isEqualTo(200);
        assertThat(service.get("/actuator/health").body()).doesNotContain("DEGRADED");
        await("the store has it").until(() -> keys("addresses") == 1);
    }

    @Test
    @DisplayName("E7 threads divide the tasks, and can be added and removed while it runs")
    void addsAndRemovesAThread() {
        HttpResponse<String> refused = service.post("/streams/threads/remove");
        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(refused.body()).contains("/unsupported-command", "last thread");

        HttpResponse<String> added = service.post("/streams/threads/add");
        assertThat(added.statusCode()).as(added.body()).isEqualTo(200);
        await("both have tasks")
                .until(() -> {
                    JsonNode threads = streams().path("threads");
                    return threads.size() == 2
                            && !threads.path(0).path("activeTasks").isEmpty()
                            && !threads.path(1).path("activeTasks").isEmpty();
                });
        service.ready();

        HttpResponse<String> removed = service.post("/streams/threads/remove");
        assertThat(removed.statusCode()).as(removed.body()).isIn(200, 202);
        await("one has them all")
                .until(() -> {
                    JsonNode threads = streams().path("threads");
                    return threads.size() == 1
                            && !threads.path(0).path("activeTasks").isEmpty()
                            && service.get("/actuator/health/readiness").statusCode() == 200;
                });
    }

    private JsonNode streams() {
        return EventJson.mapper().readTree(service.get("/actuator/streams").body());
    }

    private long lag(PipelineTopic topic) {
        String name = new TopicCatalogue(environment).name(topic);
        long lag = 0;
        for (JsonNode input : streams().path("inputs")) {
            if (input.path("topic").stringValue("").equals(name)) {
                lag += input.path("lag").longValue(0);
            }
        }
        return lag;
    }

    private long keys(String store) {
        long keys = 0;
        for (JsonNode each : streams().path("stores")) {
            if (each.path("store").stringValue("").equals(store)) {
                keys += each.path("keys").longValue(0);
            }
        }
        return keys;
    }
}
