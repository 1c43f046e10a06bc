package io.eventpipeline.producer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.eventpipeline.localcluster.SharedCluster;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** A receipt for each line, in order, while the lines still come. On a real broker. */
class RecordStreamIntegrationTests {

    private static final Duration READY = Duration.ofSeconds(90);
    private static final String TOPIC = "stream.parcels";
    private static final String PATH = "/topics/" + TOPIC + "/records";
    private static final int MANY = 50_000;

    private static Service service;

    @BeforeAll
    static void start() throws Exception {
        String brokers = SharedCluster.kafka().bootstrapServers();
        try (Admin admin =
                Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, brokers))) {
            admin.createTopics(List.of(new NewTopic(TOPIC, 3, (short) 1))).all().get();
        }
        service =
                Service.on(
                        brokers,
                        "pipeline.environment=streams",
                        "pipeline.producer.topics.allowed=" + TOPIC,
                        "pipeline.producer.streaming.max-line-size=20KB",
                        "pipeline.producer.streaming.window=200KB",
                        "server.tomcat.connection-timeout=2s");
        await().atMost(READY).until(service::isReady);
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @Test
    void answersALineWhileTheNextHasNotComeYet() throws IOException {
        try (RecordStreamClient stream = new RecordStreamClient(service.port(), PATH)) {
            stream.send("{\"partition\":1,\"value\":{\"n\":1}}\n");
            JsonNode first = stream.next();
            stream.send("{\"partition\":1,\"value\":{\"n\":2}}\n\n{\"partition\":1,\"value\":3}");
            JsonNode second = stream.next();
            stream.end();
            JsonNode third = stream.next();

            assertThat(first.propertyNames())
                    .containsExactly("eventId", "topic", "partition", "offset", "timestamp");
            assertThat(List.of(first, second, third))
                    .extracting(receipt -> receipt.get("offset").longValue())
                    .isSorted()
                    .doesNotHaveDuplicates();
        }
    }

    @Test
    void refusesALineInItsPlaceAndGoesOn() throws IOException {
        try (RecordStreamClient stream = new RecordStreamClient(service.port(), PATH)) {
            stream.send(
                    "{\"value\":1}\n{no json\n{\"value\":1,\"vlaue\":2}\n{\"value\":\""
                            + "x".repeat(30_000)
                            + "\"}\n{\"value\":2}\n");

            assertThat(stream.next().has("offset")).isTrue();
            JsonNode malformed = stream.next();
            JsonNode invalid = stream.next();
            JsonNode tooLong = stream.next();
            assertThat(stream.next().has("offset")).isTrue();
            stream.end();

            assertThat(List.of(malformed, invalid, tooLong))
                    .extracting(problem -> problem.get("status").intValue())
                    .containsExactly(400, 422, 413);
            assertThat(List.of(malformed, invalid, tooLong))
                    .extracting(problem -> problem.get("index").intValue())
                    .containsExactly(1, 2, 3);
            assertThat(malformed.get("outcome").stringValue()).isEqualTo("not_written");
            assertThat(invalid.at("/errors/0/pointer").stringValue()).isEqualTo("#/vlaue");
        }
    }

    @Test
    void storesManyRecordsInTheirOrder() throws IOException {
        try (RecordStreamClient stream = new RecordStreamClient(service.port(), PATH)) {
            CompletableFuture<Void> sending = CompletableFuture.runAsync(() -> sendMany(stream));
            long last = -1;
            for (int i = 0; i < MANY; i++) {
                long offset = stream.next().get("offset").longValue();
                assertThat(offset).isGreaterThan(last);
                last = offset;
            }
            assertThat(sending).isCompleted();
        }
    }

    private static void sendMany(RecordStreamClient stream) {
        try {
            for (int i = 0; i < MANY; i += 100) {
                StringBuilder lines = new StringBuilder();
                for (int j = i; j < i + 100; j++) {
                    lines.append("{\"partition\":2,\"value\":{\"n\":").append(j).append("}}\n");
                }
                stream.send(lines.toString());
            }
            stream.end();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void cutsOffASenderThatDoesNotReadItsReceipts() throws IOException {
        try (RecordStreamClient stream = new RecordStreamClient(service.port(), PATH)) {
            String lines = "{\"value\":1}\n".repeat(1_000);
            long deadline = System.nanoTime() + READY.toNanos();

            assertThatExceptionOfType(IOException.class)
                    .isThrownBy(() -> {
                        while (System.nanoTime() < deadline) {
                            stream.send(lines);
                        }
                    });
        }
        assertThat(service.post(PATH, "{\"records\":[{\"value\":1}]}").status())
                .as("others are not concerned")
                .isEqualTo(200);
    }

    @Test
    void endsAStreamWhoseSenderFallsSilent() throws IOException {
        try (RecordStreamClient stream = new RecordStreamClient(service.port(), PATH)) {
            stream.send("{\"value\":1}\n{\"val");

            assertThat(stream.next().has("offset")).isTrue();
            assertThatThrownBy(stream::next).hasMessageContaining("ended");
        }
    }

    @Test
    void refusesAStreamForAnUnknownTopicBeforeItBegins() {
        assertThat(
                        service.exchange(
                                        java.net.http.HttpRequest.newBuilder(
                                                        service.uri("/topics/nowhere/records"))
                                                .header("Content-Type", "application/x-ndjson")
                                                .POST(
                                                        java.net.http.HttpRequest.BodyPublishers
                                                                .ofString("{\"value\":1}\n")))
                                .status())
                .isEqualTo(404);
    }
}
