package io.eventpipeline.consumer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.eventpipeline.model.topic.PipelineTopic;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/**
 * What an operator sees of dead letters, and what is said of requests that make no sense. On one
 * broker and one database; each test has topics of its own.
 */
class DeadLetterIntegrationTests extends DeadLetterDesk {

    private final String views = topic(PipelineTopic.PAGE_VIEWED);

    @Override
    String environment() {
        return "letters";
    }

    @Test
    void groupsByTopicCauseAndMessageWithCountsTimesAndSamples() {
        String payments = topic(PipelineTopic.PAYMENT_CAPTURED);
        RecordMetadata first = sender.sendBytes(payments, 1, "alice", "{oops".getBytes(UTF_8));
        sender.sendBytes(payments, 2, "bob", "{oops".getBytes(UTF_8));
        RecordMetadata last = sender.sendBytes(payments, 3, "bob", "{oops".getBytes(UTF_8));
        sender.sendBytes(payments, 3, "bob", null);

        JsonNode group =
                await().atMost(SEEN)
                        .until(
                                () -> groups("topic=" + payments + "&cause=malformed&samples=3"),
                                groups -> groups.size() == 1 && count(groups.get(0)) == 3)
                        .get(0);
        assertThat(group.get("component").stringValue()).isEqualTo("consumer-service/shipments");
        assertThat(group.get("message").stringValue()).contains("not JSON");
        assertThat(group.get("firstSeen").stringValue())
                .isEqualTo(Instant.ofEpochMilli(first.timestamp()).toString());
        assertThat(group.get("lastSeen").stringValue())
                .isEqualTo(Instant.ofEpochMilli(last.timestamp()).toString());
        assertThat(group.get("samples").size()).isEqualTo(3);
        JsonNode sample =
                StreamSupport.stream(group.get("samples").spliterator(), false)
                        .filter(one -> one.at("/source/partition").intValue() == 1)
                        .findFirst()
                        .orElseThrow();
        assertThat(sample.at("/source/offset").longValue()).isEqualTo(first.offset());
        assertThat(sample.at("/letter/topic").stringValue()).isEqualTo(payments + "-dlt");
        assertThat(sample.get("key").stringValue()).isEqualTo("alice");
        assertThat(sample.get("value").stringValue()).isEqualTo("{oops");
        assertThat(groups("topic=" + payments).size()).isEqualTo(2);
        assertThat(groups("topic=" + payments + "&limit=1").size()).isEqualTo(1);
        assertThat(groups("group=" + group.get("id").stringValue()).size()).isEqualTo(1);
        assertThat(groups("topic=none")).isEmpty();
        await().atMost(SEEN)
                .untilAsserted(() ->
                        assertThat(service.get("/actuator/prometheus").body())
                                .contains(
                                        "pipeline_consumer_dead_letters_open{cause=\"malformed\","
                                                + "topic=\""
                                                + payments
                                                + "\"} 3.0"));
        JsonNode health = service.json("/actuator/health").at("/components/deadLetters");
        assertThat(health.get("status").stringValue()).isEqualTo("UP");
        assertThat(health.at("/details/open").longValue()).isGreaterThanOrEqualTo(4);
    }

    @Test
    void showsLettersOfStreamsAndConnectAndEachOnce() {
        letter(
                views,
                "/cart",
                "{}",
                Map.of(
                        "__streams.errors.exception", "io.example.Refused",
                        "__streams.errors.message", "the view is late",
                        "__streams.errors.topic", views,
                        "__streams.errors.partition", "2",
                        "__streams.errors.offset", "17"));
        for (int copy = 0; copy < 2; copy++) {
            letter(
                    views,
                    "/cart",
                    "{}",
                    Map.of(
                            "__connect.errors.connector.name", "views-to-lake",
                            "__connect.errors.exception.class.name", "io.example.SinkFull",
                            "__connect.errors.exception.message", "no room",
                            "__connect.errors.topic", views,
                            "__connect.errors.partition", "2",
                            "__connect.errors.offset", "17"));
        }
        letter(views, "/cart", "{}", Map.of());

        JsonNode groups =
                await().atMost(SEEN)
                        .until(() -> groups("topic=" + views), found -> found.size() == 3);
        assertThat(groups)
                .extracting(group ->
                        group.get("component").stringValue()
                                + " "
                                + group.get("cause").stringValue()
                                + " "
                                + group.get("message").stringValue()
                                + " "
                                + count(group))
                .containsExactlyInAnyOrder(
                        "streams-service io.example.Refused the view is late 1",
                        "connect/views-to-lake io.example.SinkFull no room 1",
                        "unknown unknown  1");
    }

    @Test
    void forgetsWhatRetentionRemovedAndCountsWhatNobodyHadLookedAt() throws Exception {
        String positions = topic(PipelineTopic.POSITION_REPORTED);
        RecordMetadata first = letter(positions, "van-1", "{}", Map.of());
        letter(positions, "van-2", "{}", Map.of());
        awaitOpen(positions, 2);

        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap))) {
            admin.deleteRecords(
                            Map.of(
                                    new TopicPartition(first.topic(), first.partition()),
                                    RecordsToDelete.beforeOffset(first.offset() + 1)))
                    .all()
                    .get(30, TimeUnit.SECONDS);
        }

        awaitOpen(positions, 1);
        await().atMost(SEEN)
                .until(() ->
                        service.get("/actuator/prometheus")
                                .body()
                                .contains("pipeline_consumer_dead_letters_expired_total 1.0"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "redrive | {} | 422 | must name letters",
                "redrive | {oops | 400 | malformed-body",
                "redrive | [] | 422 | must be an object",
                "redrive | {\"topic\":7} | 422 | #/topic",
                "redrive | {\"topic\":\"t\",\"limit\":0} | 422 | #/limit",
                "redrive | {\"topic\":\"t\",\"tpoic\":\"t\"} | 422 | #/tpoic",
                "redrive | {\"topic\":\"t\",\"dryRun\":\"yes\"} | 422 | #/dryRun",
                "redrive | {\"topic\":\"t\",\"edited\":{\"value\":{}}} | 422 | exactly one letter",
                "redrive | {\"letters\":[{\"topic\":\"t\",\"partition\":-1,\"offset\":0}]} | 422 |"
                        + " #/letters/0/partition",
                "redrive | {\"letters\":[{\"topic\":\"t\",\"partition\":0,\"offset\":\"x\"}]} | 422"
                        + " | #/letters/0/offset",
                "discard | {\"topic\":\"t\"} | 422 | #/reason",
                "discard | {\"topic\":\"t\",\"edited\":{}} | 422 | #/edited"
            })
    void saysWhatIsWrongWithARequest(String what, String body, int status, String said) {
        HttpResponse<String> answer = service.post("/dead-letters/" + what, body);

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type"))
                .contains("application/problem+json");
        assertThat(answer.body()).contains(said);
    }

    @ParameterizedTest
    @CsvSource({"limit, 0", "samples, 101", "state, lost", "topic, a%00b"})
    void saysWhatIsWrongWithAParameter(String name, String value) {
        HttpResponse<String> answer = service.get("/dead-letters?" + name + "=" + value);

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        assertThat(answer.body()).contains("invalid-parameter").contains(name);
    }
}
