package io.eventpipeline.consumer.queries;

import static io.eventpipeline.consumer.TestEvents.ALICE;
import static io.eventpipeline.consumer.TestEvents.MONDAY_NOON;
import static io.eventpipeline.consumer.TestEvents.measurement;
import static io.eventpipeline.consumer.TestEvents.shipment;
import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.eventpipeline.consumer.RunningService;
import io.eventpipeline.consumer.Sender;
import io.eventpipeline.consumer.store.DatabaseReads;
import io.eventpipeline.localcluster.SharedCluster;
import io.eventpipeline.model.topic.PipelineTopic;
import io.eventpipeline.model.topic.TopicCatalogue;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What a caller of the queries may send and what comes back. On a started service, because the
 * answers to bad parameters are made by what it shares with the other services.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class QueryControllerTests {

    private static final Duration STORED = Duration.ofSeconds(60);

    private final TopicCatalogue catalogue = new TopicCatalogue("queries");
    private RunningService service;

    @BeforeAll
    void start() {
        String bootstrap = SharedCluster.kafka().bootstrapServers();
        service = RunningService.start(bootstrap, SharedCluster.newDatabase(), "queries");
        Awaitility.await()
                .atMost(STORED)
                .until(() -> service.get("/actuator/health/readiness").statusCode() == 200);
        try (Sender sender = new Sender(bootstrap, null)) {
            for (int i = 1; i <= 3; i++) {
                sender.send(
                        catalogue.name(PipelineTopic.SHIPMENT_REQUESTED),
                        "s-" + i,
                        shipment("o-" + i, ALICE));
                sender.send(
                        catalogue.name(PipelineTopic.SERVER_MEASURED),
                        "m-" + i,
                        measurement("node-1", 0.1 * i, MONDAY_NOON.plusSeconds(i)));
            }
        }
        Awaitility.await()
                .atMost(STORED)
                .until(() ->
                        service.json("/shipments").size() == 3
                                && service.json("/measurements").size() == 3);
    }

    @AfterAll
    void stop() {
        service.close();
    }

    @ParameterizedTest
    @CsvSource({
        "/shipments?limit=0, limit",
        "/shipments?limit=1001, limit",
        "/shipments?limit=many, limit",
        "/measurements?from=yesterday, from",
        "/measurements?to=%2B999999999-12-31T23:59:59Z, to",
        "/measurements?host=a%00b, host",
        "/shipments?customer=%20, customer"
    })
    void namesTheBadParameter(String path, String parameter) {
        HttpResponse<String> answer = service.get(path);

        assertThat(answer.statusCode()).as(path).isEqualTo(400);
        assertThat(answer.headers().firstValue("Content-Type"))
                .contains("application/problem+json");
        assertThat(answer.body()).contains(parameter).contains("invalid-parameter");
    }

    @Test
    void answersUnknownIdsAndPathsWithProblems() {
        assertThat(service.get("/orders/none").statusCode()).isEqualTo(404);
        assertThat(service.json("/shipments/none").get("type").stringValue())
                .endsWith("/not-found");
        assertThat(service.json("/nowhere").get("type").stringValue()).endsWith("/unknown-path");
    }

    @Test
    void listsTheNewestFirstUpToTheLimit() {
        assertThat(service.json("/shipments?customer=alice&limit=2"))
                .extracting(shipment -> shipment.get("orderId").stringValue())
                .containsExactly("o-3", "o-2");
        assertThat(service.json("/measurements?host=node-1&from=2026-11-02T12:00:02.123456Z"))
                .extracting(measurement -> measurement.get("eventId").stringValue())
                .containsExactly("m-3", "m-2");
    }

    @Test
    void keepsConnectionsForTheListeners() {
        assertThat(service.bean(HikariDataSource.class).getMaximumPoolSize())
                .isGreaterThanOrEqualTo(DatabaseReads.CONCURRENT_READS + 3);
    }
}
