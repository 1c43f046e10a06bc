package io.eventpipeline.consumer;

import static io.eventpipeline.consumer.TestEvents.ALICE;
import static io.eventpipeline.consumer.TestEvents.order;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.eventpipeline.localcluster.FreePorts;
import io.eventpipeline.localcluster.LocalProcess;
import io.eventpipeline.localcluster.SharedCluster;
import io.eventpipeline.model.topic.PipelineTopic;
import io.eventpipeline.model.topic.TopicCatalogue;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.JdbcTemplate;
import tools.jackson.databind.JsonNode;

/**
 * A process that is killed after it sent dead letters back and before it noted that: they are still
 * open, are sent again, and are in the table once. The process is one of its own, killed with
 * SIGKILL while the database keeps it waiting.
 */
class RedriveCrashIntegrationTests {

    private static final Duration SEEN = Duration.ofMinutes(2);
    private static final String ENVIRONMENT = "crash";

    private final String bootstrap = SharedCluster.kafka().bootstrapServers();
    private final String jdbcUrl = SharedCluster.newDatabase();
    private final String orders = new TopicCatalogue(ENVIRONMENT).name(PipelineTopic.ORDER_PLACED);

    @TempDir private Path folder;

    @Test
    void sendsAgainWhatAKilledProcessSentAndDidNotNote() throws Exception {
        try (RunningService service = RunningService.start(bootstrap, jdbcUrl, ENVIRONMENT);
                Sender sender = new Sender(bootstrap, null)) {
            await().atMost(SEEN)
                    .until(() -> service.get("/actuator/health/readiness").statusCode() == 200);
            JdbcTemplate database = service.bean(JdbcTemplate.class);
            sender.send(orders, 0, "c-1", order("crashed", ALICE, "10.00"));
            sender.send(orders, 0, "c-2", order("crashed", ALICE, "99.00"));
            await().atMost(SEEN).until(() -> openLetters(service) == 1);
            database.update("DELETE FROM orders WHERE order_id = 'crashed'");

            int port = FreePorts.take("127.0.0.1", 1).getFirst();
            try (LocalProcess victim = startProcess(port)) {
                await().atMost(SEEN)
                        .ignoreExceptions()
                        .until(() -> get(port, "/actuator/health/readiness").statusCode() == 200);
                try (Connection blocker = connect();
                        Statement statement = blocker.createStatement()) {
                    blocker.setAutoCommit(false);
                    // The mark has to wait; looking is allowed.
                    statement.execute("LOCK TABLE dead_letter IN EXCLUSIVE MODE");
                    CompletableFuture<Boolean> answer = redriveAsync(port);
                    await().atMost(SEEN).until(() -> copies().size() == 2);
                    victim.kill();
                    await().atMost(SEEN).until(answer::isDone);
                    blocker.rollback();
                }
                LeftMembers.remove(bootstrap, "shipments");
            }

            assertThat(openLetters(service)).isEqualTo(1);
            HttpResponse<String> again =
                    await().atMost(SEEN)
                            .until(
                                    () -> service.post("/dead-letters/redrive", redrive()),
                                    got -> got.statusCode() == 200);
            assertThat(RunningService.read(again.body()).get("done").intValue()).isEqualTo(1);
            assertThat(openLetters(service)).isZero();

            // Sent three times in all: once by its sender, twice from the letter.
            sender.send(orders, 0, "c-3", order("afterwards", ALICE));
            await().atMost(SEEN).until(() -> service.get("/orders/afterwards").statusCode() == 200);
            assertThat(copies()).extracting(ConsumerRecord::partition).containsExactly(0, 0, 0);
            assertThat(service.json("/orders/crashed").get("amount").toString()).isEqualTo("99.00");
            assertThat(
                            database.queryForObject(
                                    "SELECT sum(repeats_dropped) FROM consumer_offset", Long.class))
                    .isEqualTo(1);
        }
    }

    private String redrive() {
        return "{\"topic\":\"" + orders + "\",\"cause\":\"conflict\"}";
    }

    private long openLetters(RunningService service) {
        long open = 0;
        for (JsonNode group : service.json("/dead-letters?samples=0")) {
            open += group.get("count").longValue();
        }
        return open;
    }

    private List<ConsumerRecord<byte[], byte[]>> copies() {
        return TopicReader.read(bootstrap, orders).stream()
                .filter(record ->
                        new String(record.headers().lastHeader("ce_id").value(), UTF_8)
                                .equals("c-2"))
                .toList();
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection(
                jdbcUrl, SharedCluster.postgres().username(), SharedCluster.postgres().password());
    }

    private LocalProcess startProcess(int port) {
        return LocalProcess.builder("consumer-service")
                .command(
                        LocalProcess.javaExecutable(),
                        "-XX:TieredStopAtLevel=1",
                        "-Xmx256m",
                        "-cp",
                        System.getProperty(
                                "surefire.test.class.path", System.getProperty("java.class.path")),
                        ConsumerServiceApplication.class.getName(),
                        "--server.port=" + port,
                        "--spring.kafka.bootstrap-servers=" + bootstrap,
                        "--spring.datasource.url=" + jdbcUrl,
                        "--pipeline.environment=" + ENVIRONMENT)
                .workingFolder(folder)
                .logFile(folder.resolve("consumer-service.log"))
                .start();
    }

    private static HttpResponse<String> get(int port, String path)
            throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build(),
                    HttpResponse.BodyHandlers.ofString());
        }
    }

    /** Its answer never comes. */
    private CompletableFuture<Boolean> redriveAsync(int port) {
        HttpClient http = HttpClient.newHttpClient();
        return http.sendAsync(
                        HttpRequest.newBuilder(
                                        URI.create(
                                                "http://127.0.0.1:"
                                                        + port
                                                        + "/dead-letters/redrive"))
                                .header("Content-Type", "application/json")
                                .POST(HttpRequest.BodyPublishers.ofString(redrive()))
                                .build(),
                        HttpResponse.BodyHandlers.discarding())
                .handle((response, failure) -> failure != null);
    }
}
