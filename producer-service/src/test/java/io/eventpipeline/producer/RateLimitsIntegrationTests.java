package io.eventpipeline.producer;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.eventpipeline.localcluster.SharedCluster;
import io.eventpipeline.producer.Service.Answer;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Who sends too much is told so at once, and nobody else notices. On a real broker. */
class RateLimitsIntegrationTests {

    private static final Duration READY = Duration.ofSeconds(90);
    private static final String CLIENT = "X-Client";
    private static final String[] TOPICS = {"wide", "narrow", "mixed", "stream", "held"};

    private static Service service;

    @BeforeAll
    static void start() throws Exception {
        String brokers = SharedCluster.kafka().bootstrapServers();
        try (Admin admin =
                Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, brokers))) {
            admin.createTopics(
                            Arrays.stream(TOPICS)
                                    .map(name -> new NewTopic("limits." + name, 1, (short) 1))
                                    .toList())
                    .all()
                    .get();
        }
        service =
                Service.on(
                        brokers,
                        "pipeline.environment=limits",
                        "pipeline.producer.topics.allowed=limits.*",
                        "pipeline.producer.rate-limits.client.records-per-second=10",
                        "pipeline.producer.rate-limits.client.bytes-per-second=20KB",
                        "pipeline.producer.rate-limits.topic.records-per-second=50",
                        "pipeline.producer.rate-limits.max-requests-in-flight-per-client=2",
                        "pipeline.producer.rate-limits.burst=1s",
                        "pipeline.producer.rate-limits.client-header=" + CLIENT);
        await().atMost(READY).until(service::isReady);
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    private static String path(String topic) {
        return "/topics/limits." + topic + "/records";
    }

    private static String records(int count) {
        return IntStream.range(0, count)
                .mapToObj(n -> "{\"value\":" + n + "}")
                .collect(Collectors.joining(",", "{\"records\":[", "]}"));
    }

    private static void assertRefused(Answer answer, String policy) {
        assertThat(answer.status()).as(answer.response().body()).isEqualTo(429);
        assertThat(answer.header("content-type")).isEqualTo("application/problem+json");
        assertThat(answer.body().get("type").asString()).endsWith("/rate-limited");
        assertThat(answer.body().get("outcome").asString()).isEqualTo("not_written");
        assertThat(answer.body().get("violated-policies").get(0).asString()).isEqualTo(policy);
        assertThat(Integer.parseInt(answer.header("retry-after"))).isPositive();
        assertThat(answer.header("ratelimit-policy"))
                .isEqualTo(
                        "\"client-records\";q=10;qu=\"records\";w=1,"
                                + " \"client-bytes\";q=20480;qu=\"content-bytes\";w=1,"
                                + " \"topic-records\";q=50;qu=\"records\";w=1");
    }

    @Test
    void refusesAClientThatHasUsedUpItsRecords() {
        Answer taken = service.post(path("wide"), records(1), CLIENT, "alice");
        assertThat(taken.status()).isEqualTo(200);
        assertThat(taken.header("ratelimit"))
                .matches(
                        "\"client-records\";r=\\d+;t=[01], \"client-bytes\";r=\\d+;t=[01],"
                                + " \"topic-records\";r=\\d+;t=[01]");

        Answer large = service.post(path("wide"), records(400), CLIENT, "alice");
        assertThat(large.status()).as("something was left").isEqualTo(200);

        Answer refused = service.post(path("held"), records(1), CLIENT, "alice");
        assertRefused(refused, "client-records");
        assertThat(refused.header("ratelimit")).startsWith("\"client-records\";r=0;t=");

        assertThat(service.post(path("held"), records(1), CLIENT, "bob").status()).isEqualTo(200);
        assertThat(service.get("/topics").status()).as("reading is free").isEqualTo(200);
    }

    @Test
    void letsAClientInAgainWhenWhatItTookTooMuchHasFlownBack() {
        assertThat(service.post(path("held"), records(25), CLIENT, "judy").status()).isEqualTo(200);

        await().atMost(READY)
                .until(() ->
                        service.post(path("held"), records(1), CLIENT, "judy").status() == 200);
    }

    @Test
    void refusesBeforeTheBodyIsRead() throws IOException {
        String large = "{\"records\":[{\"value\":\"" + "x".repeat(400_000) + "\"}]}";
        assertThat(service.post(path("held"), large, CLIENT, "carol").status()).isEqualTo(200);

        try (Socket socket = new Socket("localhost", service.port())) {
            socket.setSoTimeout((int) READY.toMillis());
            socket.getOutputStream()
                    .write(
                            ("POST "
                                            + path("held")
                                            + " HTTP/1.1\r\nHost: x\r\nX-Client: carol\r\n"
                                            + "Content-Type: application/json\r\n"
                                            + "Content-Length: 1000\r\n\r\n")
                                    .getBytes(US_ASCII));
            byte[] start = socket.getInputStream().readNBytes(12);

            assertThat(new String(start, US_ASCII)).isEqualTo("HTTP/1.1 429");
        }
        assertRefused(service.post(path("held"), records(1), CLIENT, "carol"), "client-bytes");
    }

    @Test
    void refusesATopicThatGotTooMuchAndNoOther() {
        assertThat(service.post(path("narrow"), records(400), CLIENT, "dave").status())
                .isEqualTo(200);

        assertRefused(service.post(path("narrow"), records(1), CLIENT, "erin"), "topic-records");
        assertThat(service.post(path("held"), records(1), CLIENT, "erin").status()).isEqualTo(200);
    }

    @Test
    void refusesRecordsForSeveralTopicsIfOneGotTooMuch() {
        assertThat(service.post(path("mixed"), records(400), CLIENT, "frank").status())
                .isEqualTo(200);

        assertRefused(
                service.post(
                        "/records",
                        "{\"records\":[{\"topic\":\"limits.held\",\"value\":1},"
                                + "{\"topic\":\"limits.mixed\",\"value\":1}]}",
                        CLIENT,
                        "grace"),
                "topic-records");
    }

    @Test
    void slowsAStreamDownInsteadOfRefusingItsRecords() {
        String lines = "{\"value\":1}\n".repeat(40);

        Answer answer =
                service.exchange(
                        HttpRequest.newBuilder(service.uri(path("stream")))
                                .header("Content-Type", "application/x-ndjson")
                                .header(CLIENT, "heidi")
                                .POST(BodyPublishers.ofString(lines)));

        assertThat(answer.response().body().lines())
                .hasSize(40)
                .allMatch(line -> line.contains("\"offset\""));
        assertThat(answer.took())
                .as("40 records at 10 a second, with 10 saved up")
                .isGreaterThan(Duration.ofMillis(2_500));
    }

    @Test
    void letsAClientHaveItsShareInFlightOnly() throws IOException {
        try (var _ = new RecordStreamClient(service.port(), path("held"));
                var _ = new RecordStreamClient(service.port(), path("held"))) {
            assertRefused(service.post(path("held"), records(1)), "client-requests");
            assertThat(service.post(path("held"), records(1), CLIENT, "ivan").status())
                    .isEqualTo(200);
        }
        await().atMost(READY).until(() -> service.post(path("held"), records(1)).status() == 200);
    }
}
