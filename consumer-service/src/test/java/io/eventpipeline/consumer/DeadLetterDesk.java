package io.eventpipeline.consumer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.eventpipeline.localcluster.SharedCluster;
import io.eventpipeline.model.topic.PipelineTopic;
import io.eventpipeline.model.topic.TopicCatalogue;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.springframework.jdbc.core.JdbcTemplate;
import tools.jackson.databind.JsonNode;

/** A running service and what an operator does with its dead letters. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class DeadLetterDesk {

    static final Duration SEEN = Duration.ofSeconds(60);

    final String bootstrap = SharedCluster.kafka().bootstrapServers();
    final String orders = topic(PipelineTopic.ORDER_PLACED);
    private final String jdbcUrl = SharedCluster.newDatabase();
    RunningService service;
    Sender sender;
    JdbcTemplate database;

    /** An environment of its own, and so topics of its own. */
    abstract String environment();

    @BeforeAll
    void start() {
        startService();
        sender = new Sender(bootstrap, null);
    }

    @AfterAll
    void stop() {
        sender.close();
        service.close();
    }

    final String topic(PipelineTopic topic) {
        return new TopicCatalogue(environment()).name(topic);
    }

    final void startService() {
        service =
                RunningService.start(
                        bootstrap,
                        jdbcUrl,
                        environment(),
                        "--pipeline.consumer.dead-letters.max-attempts=2",
                        "--pipeline.consumer.dead-letters.refresh=1s");
        database = service.bean(JdbcTemplate.class);
        await().atMost(SEEN)
                .until(() -> service.get("/actuator/health/readiness").statusCode() == 200);
    }

    JsonNode groups(String query) {
        return service.json("/dead-letters?" + query);
    }

    static long count(JsonNode group) {
        return group.get("count").longValue();
    }

    void awaitOpen(String topic, long expected) {
        await().atMost(SEEN)
                .untilAsserted(() ->
                        assertThat(
                                        StreamSupport.stream(
                                                        groups("samples=0&topic=" + topic)
                                                                .spliterator(),
                                                        false)
                                                .mapToLong(DeadLetterDesk::count)
                                                .sum())
                                .isEqualTo(expected));
    }

    /** The position of the letter of a record, as a request takes it. */
    JsonNode awaitLetter(String topic, RecordMetadata source) {
        return await().atMost(SEEN)
                .until(
                        () ->
                                samplesOf(topic).stream()
                                        .filter(sample ->
                                                sample.at("/source/offset").longValue()
                                                                == source.offset()
                                                        && sample.at("/source/partition").intValue()
                                                                == source.partition())
                                        .toList(),
                        found -> !found.isEmpty())
                .getFirst()
                .get("letter");
    }

    boolean isOpen(JsonNode letter) {
        return samplesOf(orders).stream().anyMatch(sample -> sample.get("letter").equals(letter));
    }

    List<JsonNode> samplesOf(String topic) {
        List<JsonNode> samples = new ArrayList<>();
        groups("samples=100&topic=" + URLEncoder.encode(topic, UTF_8))
                .forEach(group -> group.get("samples").forEach(samples::add));
        return samples;
    }

    JsonNode redrive(String body) {
        return post("/dead-letters/redrive", body);
    }

    JsonNode discard(String body) {
        return post("/dead-letters/discard", body);
    }

    /** A slow machine may be refused once or twice; what is refused was not done. */
    JsonNode post(String path, String body) {
        HttpResponse<String> answer =
                await().atMost(SEEN)
                        .until(() -> service.post(path, body), got -> got.statusCode() != 503);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return RunningService.read(answer.body());
    }

    RecordMetadata letter(String topic, String key, String value, Map<String, String> headers) {
        ProducerRecord<byte[], byte[]> letter =
                new ProducerRecord<>(
                        topic + "-dlt", 0, 1_000L, key.getBytes(UTF_8), value.getBytes(UTF_8));
        headers.forEach((name, text) -> letter.headers().add(name, text.getBytes(UTF_8)));
        return sender.await(letter);
    }
}
