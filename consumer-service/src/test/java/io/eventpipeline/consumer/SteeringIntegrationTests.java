package io.eventpipeline.consumer;

import static io.eventpipeline.consumer.TestEvents.ALICE;
import static io.eventpipeline.consumer.TestEvents.order;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import io.eventpipeline.localcluster.SharedCluster;
import io.eventpipeline.model.topic.PipelineTopic;
import io.eventpipeline.model.topic.TopicCatalogue;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.jdbc.core.JdbcTemplate;
import tools.jackson.databind.JsonNode;

/**
 * What an operator can do to a listener while it runs: the answer comes when the command is in
 * effect, and nothing is lost or stored twice by it. On one running service.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SteeringIntegrationTests {

    private static final Duration DONE = Duration.ofSeconds(90);
    private static final int ALL_PARTITIONS = 18;

    private final String orders = new TopicCatalogue("steering").name(PipelineTopic.ORDER_PLACED);
    private final String jdbcUrl = SharedCluster.newDatabase();
    private RunningService service;
    private Sender sender;
    private JdbcTemplate database;
    private int sent;

    @BeforeAll
    void start() {
        String bootstrap = SharedCluster.kafka().bootstrapServers();
        service = RunningService.start(bootstrap, jdbcUrl, "steering");
        sender = new Sender(bootstrap, null);
        database = service.bean(JdbcTemplate.class);
        await().atMost(DONE).until(() -> listener().path("partitions").size() == ALL_PARTITIONS);
    }

    @AfterAll
    void stop() {
        sender.close();
        service.close();
    }

    @Test
    void showsItsListeners() {
        JsonNode listeners = service.json("/listeners");

        assertThat(listeners)
                .extracting(listener -> listener.path("id").stringValue(""))
                .contains("measurements", "shipments");
        assertThat(listener().path("group").stringValue("")).isEqualTo("shipments");
        assertThat(listener().path("state").stringValue("")).isEqualTo("running");
        assertThat(listener().path("topics")).hasSize(3);
        assertThat(listener().at("/partitions/0/member").stringValue(""))
                .startsWith("consumer-0-shipments-");
    }

    @Test
    void readsNothingBetweenPauseAndResume() {
        sendAndAwaitAll();

        JsonNode paused = command("pause");
        long before = stored();
        send(6);
        // Far longer than a batch takes when nothing is paused.
        await().during(Duration.ofSeconds(2)).atMost(DONE).until(() -> stored() == before);

        assertThat(paused.path("state").stringValue("")).isEqualTo("paused");
        assertThat(paused.path("partitions")).as("keeps its place").hasSize(ALL_PARTITIONS);
        assertThat(health().path("state").stringValue("")).isEqualTo("paused");
        assertThat(service.get("/actuator/health/readiness").statusCode()).isEqualTo(200);

        assertThat(command("resume").path("state").stringValue("")).isEqualTo("running");
        awaitAll();
    }

    @Test
    void staysPausedWhereItsPartitionsAreNewAndReadsAllWhenResumed() {
        sendAndAwaitAll();
        command("pause");
        command("stop");
        send(6);
        long before = stored();

        assertThat(command("start").path("state").stringValue("")).isEqualTo("paused");
        await().atMost(DONE).until(() -> listener().path("partitions").size() == ALL_PARTITIONS);
        await().during(Duration.ofSeconds(2)).atMost(DONE).until(() -> stored() == before);

        command("resume");
        awaitAll();
    }

    @Test
    void leavesTheGroupWhenStoppedAndComesBackWhenStarted() {
        sendAndAwaitAll();

        JsonNode stopped = command("stop");
        assertThat(stopped.path("state").stringValue("")).isEqualTo("stopped");
        assertThat(stopped.path("partitions")).isEmpty();
        assertThat(service.json("/actuator/lag").get("partitions"))
                .filteredOn(lag -> lag.get("group").stringValue().equals("shipments"))
                .isNotEmpty()
                .allMatch(lag -> lag.get("owner").isNull());
        send(6);

        assertThat(command("start").path("state").stringValue("")).isEqualTo("running");
        awaitAll();
    }

    @Test
    @DisplayName("C6 the consumer threads of one process can be changed while it runs")
    void changesItsConsumersWithinThePartitions() {
        int connections = service.bean(HikariDataSource.class).getMaximumPoolSize();

        JsonNode four = json(put("/listeners/shipments/concurrency", "{\"concurrency\":4}"));
        assertThat(four.path("concurrency").intValue()).isEqualTo(4);
        sendAndAwaitAll();
        await().atMost(DONE)
                .until(() ->
                        listener()
                                        .path("partitions")
                                        .valueStream()
                                        .map(owned -> owned.path("member").stringValue(""))
                                        .distinct()
                                        .count()
                                == 4);
        assertThat(listener().path("note").isMissingNode()).isTrue();
        assertThat(service.bean(HikariDataSource.class).getMaximumPoolSize())
                .isEqualTo(connections + 2);

        assertThat(service.post("/listeners/shipments/concurrency", "{\"concurrency\":2}"))
                .extracting(HttpResponse::statusCode)
                .isEqualTo(200);
        sendAndAwaitAll();
    }

    @Test
    @DisplayName("C1 more consumers than partitions are refused with a word")
    void refusesConsumersThatWouldBeIdle() {
        HttpResponse<String> answer =
                put("/listeners/measurements/concurrency", "{\"concurrency\":5}");

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(json(answer).path("type").stringValue("")).endsWith("/invalid-command");
        assertThat(answer.body()).contains("#/concurrency").contains("2 consumers would be idle");
        assertRefused("{\"concurrency\":0}", 422, "stop the listener");
        assertRefused("{\"concurrency\":\"two\"}", 422, "whole number");
        assertRefused("{\"concurency\":2}", 422, "not a field");
        assertRefused("{}", 422, "is required");
        assertRefused("{oops", 400, "malformed-body");
    }

    @Test
    @DisplayName(
            "C1 the partitions are divided among instances; who is too many has none and is shown")
    void saysWhichConsumersAreIdle() {
        try (RunningService other =
                RunningService.start(
                        SharedCluster.kafka().bootstrapServers(),
                        jdbcUrl,
                        "steering",
                        "--pipeline.consumer.instance-id=other",
                        "--pipeline.consumer.measurements.concurrency=3")) {
            await().atMost(DONE)
                    .untilAsserted(() -> {
                        JsonNode mine = service.json("/listeners/measurements");
                        JsonNode theirs = other.json("/listeners/measurements");
                        assertThat(
                                        mine.path("partitions").size()
                                                + theirs.path("partitions").size())
                                .isEqualTo(3);
                        assertThat(
                                        mine.path("note").stringValue("")
                                                + theirs.path("note").stringValue(""))
                                .contains("more members than partitions");
                        assertThat(listener().path("partitions").size())
                                .isBetween(1, ALL_PARTITIONS - 1);
                    });
        }
        await().atMost(DONE).until(() -> listener().path("partitions").size() == ALL_PARTITIONS);
    }

    @Test
    void answersUnknownListenersAndCommandsWithProblems() {
        HttpResponse<String> answer = service.post("/listeners/nobody/pause", "");

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(json(answer).path("type").stringValue("")).endsWith("/not-found");
        assertThat(answer.body()).contains("nobody").contains("shipments");
        assertThat(service.post("/listeners/shipments/explode", "").statusCode()).isEqualTo(404);
        assertThat(service.get("/listeners/shipments/pause").statusCode()).isEqualTo(405);
    }

    private void assertRefused(String body, int status, String word) {
        HttpResponse<String> answer = put("/listeners/measurements/concurrency", body);
        assertThat(answer.statusCode()).as(body).isEqualTo(status);
        assertThat(answer.body()).contains(word);
    }

    private JsonNode command(String command) {
        HttpResponse<String> answer = service.post("/listeners/shipments/" + command, "");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return json(answer);
    }

    private HttpResponse<String> put(String path, String body) {
        return service.send("PUT", path, body);
    }

    private static JsonNode json(HttpResponse<String> answer) {
        return RunningService.read(answer.body());
    }

    private JsonNode listener() {
        return service.json("/listeners/shipments");
    }

    private JsonNode health() {
        return service.json("/actuator/health").at("/components/listeners/details/shipments");
    }

    private void sendAndAwaitAll() {
        send(6);
        awaitAll();
    }

    private void send(int count) {
        IntStream.range(0, count)
                .forEach(partition -> {
                    String id = "steered-" + sent++;
                    sender.send(orders, partition, id, order(id, ALICE));
                });
    }

    private void awaitAll() {
        await().atMost(DONE).until(() -> stored() == sent);
        assertThat(counted("rows_stored")).as("each written once").isEqualTo(sent);
        assertThat(counted("repeats_dropped")).isZero();
    }

    private long stored() {
        return query("SELECT count(*) FROM orders");
    }

    private long counted(String column) {
        return query("SELECT sum(" + column + ") FROM consumer_offset");
    }

    private long query(String sql) {
        Long value = database.queryForObject(sql, Long.class);
        return value == null ? 0 : value;
    }
}
