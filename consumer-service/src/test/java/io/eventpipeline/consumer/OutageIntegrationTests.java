package io.eventpipeline.consumer;

import static io.eventpipeline.consumer.TestEvents.ALICE;
import static io.eventpipeline.consumer.TestEvents.order;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.eventpipeline.localcluster.LocalPostgres;
import io.eventpipeline.localcluster.SharedCluster;
import io.eventpipeline.model.topic.PipelineTopic;
import io.eventpipeline.model.topic.TopicCatalogue;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.JdbcTemplate;
import tools.jackson.databind.JsonNode;

/**
 * The service without PostgreSQL: it starts, answers, waits and catches up, and loses nothing that
 * is sent meanwhile. On a database of its own, which is stopped, killed and frozen.
 */
class OutageIntegrationTests {

    private static final Duration RECOVERED = Duration.ofSeconds(60);
    private static final Duration QUICKLY = Duration.ofSeconds(5);

    private final String bootstrap = SharedCluster.kafka().bootstrapServers();
    private final String orders = new TopicCatalogue("outage").name(PipelineTopic.ORDER_PLACED);

    @TempDir private Path folder;

    @Test
    @DisplayName("C1 a group waits for its store and catches up when it is back")
    void startsWithoutTheDatabaseAndCatchesUpAfterEachOutage() {
        try (LocalPostgres postgres =
                        LocalPostgres.builder().dataFolder(folder).setting("fsync", "off").build();
                RunningService service =
                        RunningService.start(bootstrap, postgres.jdbcUrl(), "outage");
                Sender sender = new Sender(bootstrap, null)) {
            assertThat(service.get("/actuator/health/liveness").statusCode()).isEqualTo(200);
            assertThat(service.get("/actuator/health/readiness").statusCode()).isEqualTo(503);
            assertAnswersUnavailable(service);

            postgres.start();
            await().atMost(RECOVERED)
                    .until(() -> service.get("/actuator/health/readiness").statusCode() == 200);

            AtomicInteger sent = new AtomicInteger();
            AtomicBoolean sending = new AtomicBoolean(true);
            try (var customers = Executors.newVirtualThreadPerTaskExecutor()) {
                Future<?> customer =
                        customers.submit(() -> {
                            while (sending.get()) {
                                String id = "o-" + sent.incrementAndGet();
                                sender.send(orders, id, order(id, ALICE));
                            }
                        });
                awaitStored(service, sent.get() + 100);

                postgres.kill();
                awaitSuspended(service);
                assertAnswersUnavailable(service);
                assertThat(service.get("/actuator/health/liveness").statusCode()).isEqualTo(200);
                assertLagIsKafkas(service);
                postgres.start();
                awaitStored(service, sent.get() + 100);

                postgres.suspend();
                awaitSuspended(service);
                assertAnswersUnavailable(service);
                postgres.resume();
                awaitStored(service, sent.get() + 100);
                sending.set(false);
                assertThat(customer).succeedsWithin(QUICKLY);
            }
            awaitStored(service, sent.get());
            assertThat(count(service, "SELECT count(DISTINCT order_id) FROM orders"))
                    .isEqualTo(sent.get());
            assertThat(count(service, "SELECT sum(repeats_dropped) FROM consumer_offset")).isZero();
        }
    }

    private static void assertAnswersUnavailable(RunningService service) {
        long begin = System.nanoTime();
        HttpResponse<String> answer = service.get("/shipments");
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(QUICKLY);
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.headers().firstValue("Retry-After")).isPresent();
        assertThat(answer.headers().firstValue("Content-Type"))
                .contains("application/problem+json");
    }

    private static void assertLagIsKafkas(RunningService service) {
        JsonNode lags = service.json("/actuator/lag").get("partitions");
        assertThat(lags)
                .filteredOn(lag -> lag.get("group").stringValue().equals("shipments"))
                .isNotEmpty()
                .allMatch(lag -> lag.get("stale").booleanValue())
                .allMatch(lag -> !lag.get("owner").isNull());
    }

    private static void awaitSuspended(RunningService service) {
        await().atMost(RECOVERED)
                .untilAsserted(() -> {
                    JsonNode health = service.json("/actuator/health").get("components");
                    assertThat(health.at("/listeners/status").stringValue(""))
                            .isEqualTo("DEGRADED");
                    assertThat(health.at("/listeners/details/shipments/state").stringValue(""))
                            .isEqualTo("suspended");
                    assertThat(health.at("/db/status").stringValue("")).isEqualTo("DOWN");
                });
    }

    private static void awaitStored(RunningService service, int expected) {
        await().atMost(RECOVERED)
                .ignoreExceptions()
                .until(() -> count(service, "SELECT count(*) FROM orders") >= expected);
    }

    private static long count(RunningService service, String query) {
        Long count = service.bean(JdbcTemplate.class).queryForObject(query, Long.class);
        return count == null ? 0 : count;
    }
}
