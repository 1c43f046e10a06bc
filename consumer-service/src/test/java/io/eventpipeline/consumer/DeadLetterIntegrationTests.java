package io.eventpipeline.consumer;

import static io.eventpipeline.consumer.TestEvents.ALICE;
import static io.eventpipeline.consumer.TestEvents.BOB;
import static io.eventpipeline.consumer.TestEvents.MONDAY_NOON;
import static io.eventpipeline.consumer.TestEvents.measurement;
import static io.eventpipeline.consumer.TestEvents.order;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.eventpipeline.localcluster.SharedCluster;
import io.eventpipeline.model.event.Event;
import io.eventpipeline.model.json.EventJson;
import io.eventpipeline.model.topic.PipelineTopic;
import io.eventpipeline.model.topic.TopicCatalogue;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.header.Header;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.jdbc.core.JdbcTemplate;
import tools.jackson.databind.JsonNode;

/**
 * What an operator does with dead letters: see why, send back, edit, discard, and do so again
 * without harm. On one broker and one database; each test has messages or topics of its own.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DeadLetterIntegrationTests {

    static final Duration SEEN = Duration.ofSeconds(60);
    private static final String ENVIRONMENT = "letters";

    private final String bootstrap = SharedCluster.kafka().bootstrapServers();
    private final String jdbcUrl = SharedCluster.newDatabase();
    private final TopicCatalogue catalogue = new TopicCatalogue(ENVIRONMENT);
    private final String orders = catalogue.name(PipelineTopic.ORDER_PLACED);
    private final String measured = catalogue.name(PipelineTopic.SERVER_MEASURED);
    private final String views = catalogue.name(PipelineTopic.PAGE_VIEWED);
    private RunningService service;
    private Sender sender;
    private JdbcTemplate database;

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

    @Test
    void groupsByTopicCauseAndMessageWithCountsTimesAndSamples() {
        String payments = catalogue.name(PipelineTopic.PAYMENT_CAPTURED);
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
    void storesARedrivenLetterOnceAfterItsCauseIsMended() {
        sender.send(orders, 0, "mended-1", order("mended", ALICE, "10.00"));
        RecordMetadata refused =
                sender.send(orders, 0, "mended-2", order("mended", ALICE, "99.00"));
        JsonNode letter = awaitLetter(orders, refused);

        JsonNode dry = redrive("{\"letters\":[" + letter + "],\"dryRun\":true}");
        assertThat(dry.at("/letters/0/outcome").stringValue()).isEqualTo("would_send");
        assertThat(dry.at("/letters/0/eventId").stringValue()).isEqualTo("mended-2");
        assertThat(dry.at("/letters/0/topic").stringValue()).isEqualTo(orders);
        assertThat(dry.at("/letters/0/partition").intValue()).isZero();
        assertThat(read(orders, "mended-2")).hasSize(1);

        database.update("DELETE FROM orders WHERE order_id = 'mended'");
        JsonNode sent = redrive("{\"letters\":[" + letter + "]}");
        assertThat(sent.get("done").intValue()).isEqualTo(1);
        await().atMost(SEEN)
                .untilAsserted(() -> assertThat(amounts("mended")).containsExactly("99.00"));

        JsonNode again = redrive("{\"letters\":[" + letter + "]}");
        assertThat(again.get("matched").intValue()).isZero();
        assertThat(again.at("/letters/0/outcome").stringValue()).isEqualTo("decided_before");
        assertThat(read(orders, "mended-2")).hasSize(2);
        ConsumerRecord<byte[], byte[]> record = read(orders, "mended-2").getLast();
        assertThat(header(record, "pipeline_redrive-attempts")).isEqualTo("1");
        assertThat(record.headers()).noneMatch(header -> header.key().startsWith("kafka_dlt-"));
        assertThat(isOpen(letter)).isFalse();
    }

    @Test
    void keepsTheOrderOfRecordsAndRefusesToGoRoundForEver() {
        String shipments = catalogue.name(PipelineTopic.SHIPMENT_REQUESTED);
        List<String> sent = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            sent.add("{stuck-" + i);
            sender.sendBytes(
                    shipments, i % 2, "customer-" + i % 4, ("{stuck-" + i).getBytes(UTF_8));
        }
        String group = "{\"topic\":\"" + shipments + "\",\"cause\":\"malformed\"";
        awaitOpen(shipments, 30);

        for (int attempt = 1; attempt <= 2; attempt++) {
            JsonNode answer = redrive(group + "}");
            assertThat(answer.get("done").intValue()).as("attempt %s", attempt).isEqualTo(30);
            int behind = 30 * attempt;
            for (int partition = 0; partition < 2; partition++) {
                int parity = partition;
                assertThat(values(shipments, partition).subList(behind / 2, behind / 2 + 15))
                        .containsExactlyElementsOf(
                                sent.stream()
                                        .filter(value -> sent.indexOf(value) % 2 == parity)
                                        .toList());
            }
            awaitOpen(shipments, 30);
        }
        JsonNode refused = redrive(group + "}");
        assertThat(refused.get("done").intValue()).isZero();
        assertThat(refused.get("refused").intValue()).isEqualTo(30);
        assertThat(refused.at("/letters/0/outcome").stringValue()).isEqualTo("refused");
        assertThat(refused.at("/letters/0/detail").stringValue()).contains("max-attempts");
    }

    @Test
    void sendsAnEditedLetter() {
        RecordMetadata bad = sender.sendBytes(orders, 1, "alice", "{edit".getBytes(UTF_8));
        JsonNode letter = awaitLetter(orders, bad);
        String value = new String(EventJson.write(order("edited", BOB)), UTF_8);

        JsonNode answer =
                redrive(
                        "{\"letters\":[%s],\"edited\":{\"key\":\"bob\",\"value\":%s,\"headers\":{\"ce_id\":\"e-1\",\"ce_source\":\"/operator\"}}}"
                                .formatted(letter, value));

        assertThat(answer.at("/letters/0/outcome").stringValue()).isEqualTo("sent");
        assertThat(answer.at("/letters/0/eventId").stringValue()).isEqualTo("e-1");
        await().atMost(SEEN).until(() -> amounts("edited").equals(List.of("37.50")));
        ConsumerRecord<byte[], byte[]> record = read(orders, "e-1").getFirst();
        assertThat(record.key()).isEqualTo("bob".getBytes(UTF_8));
        assertThat(record.partition())
                .isEqualTo(sender.send(orders, "e-2", order("edited-too", BOB)).partition());
    }

    @Test
    void remembersWhatWasDiscardedAfterARestart() {
        RecordMetadata bad = sender.sendBytes(orders, 2, "alice", "{discard".getBytes(UTF_8));
        JsonNode letter = awaitLetter(orders, bad);

        JsonNode dry =
                discard("{\"letters\":[" + letter + "],\"reason\":\"a test\",\"dryRun\":true}");
        assertThat(dry.get("done").intValue()).isEqualTo(1);
        assertThat(isOpen(letter)).isTrue();
        JsonNode done = discard("{\"letters\":[" + letter + "],\"reason\":\"a test\"}");
        assertThat(done.get("done").intValue()).isEqualTo(1);
        assertThat(isOpen(letter)).isFalse();
        service.close();
        startService();

        assertThat(isOpen(letter)).isFalse();
        assertThat(groups("topic=" + orders + "&state=discarded&samples=100"))
                .anySatisfy(group ->
                        assertThat(group.get("samples"))
                                .anySatisfy(sample -> {
                                    assertThat(sample.get("letter")).isEqualTo(letter);
                                    assertThat(sample.get("reason").stringValue())
                                            .isEqualTo("a test");
                                }));
        assertThat(redrive("{\"letters\":[" + letter + "]}").at("/letters/0/outcome").stringValue())
                .isEqualTo("decided_before");
        RecordMetadata next = sender.sendBytes(orders, 2, "alice", "{after".getBytes(UTF_8));
        assertThat(isOpen(awaitLetter(orders, next))).isTrue();
    }

    @Test
    void keepsTheIdentityOfARecordThatHasNone() {
        Event event = measurement("foreign", 0.5, MONDAY_NOON);
        RecordMetadata stored = sender.sendBytes(measured, 0, "foreign", EventJson.write(event));
        await().atMost(SEEN).until(() -> rowsOf("foreign") == 1);
        RecordMetadata letter =
                letter(
                        measured,
                        "foreign",
                        new String(EventJson.write(event), UTF_8),
                        Map.of(
                                "__streams.errors.exception",
                                "io.example.Refused",
                                "__streams.errors.topic",
                                measured,
                                "__streams.errors.partition",
                                "0",
                                "__streams.errors.offset",
                                Long.toString(stored.offset())));
        String position =
                "{\"topic\":\"%s\",\"partition\":%d,\"offset\":%d}"
                        .formatted(letter.topic(), letter.partition(), letter.offset());

        assertThat(redrive("{\"letters\":[" + position + "]}").get("done").intValue()).isEqualTo(1);
        sender.send(measured, 0, "m-last", measurement("last", 0.5, MONDAY_NOON));

        await().atMost(SEEN).until(() -> rowsOf("last") == 1);
        assertThat(rowsOf("foreign")).isEqualTo(1);
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

    private void startService() {
        service =
                RunningService.start(
                        bootstrap,
                        jdbcUrl,
                        ENVIRONMENT,
                        "--pipeline.consumer.dead-letters.max-attempts=2",
                        "--pipeline.consumer.dead-letters.refresh=1s");
        database = service.bean(JdbcTemplate.class);
        await().atMost(SEEN)
                .until(() -> service.get("/actuator/health/readiness").statusCode() == 200);
    }

    private JsonNode groups(String query) {
        return service.json("/dead-letters?" + query);
    }

    private static long count(JsonNode group) {
        return group.get("count").longValue();
    }

    private void awaitOpen(String topic, long expected) {
        await().atMost(SEEN)
                .untilAsserted(() ->
                        assertThat(
                                        StreamSupport.stream(
                                                        groups("samples=0&topic=" + topic)
                                                                .spliterator(),
                                                        false)
                                                .mapToLong(DeadLetterIntegrationTests::count)
                                                .sum())
                                .isEqualTo(expected));
    }

    /** The position of the letter of a record, as a request takes it. */
    private JsonNode awaitLetter(String topic, RecordMetadata source) {
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

    private boolean isOpen(JsonNode letter) {
        return samplesOf(orders).stream().anyMatch(sample -> sample.get("letter").equals(letter));
    }

    private List<JsonNode> samplesOf(String topic) {
        List<JsonNode> samples = new ArrayList<>();
        groups("samples=100&topic=" + URLEncoder.encode(topic, UTF_8))
                .forEach(group -> group.get("samples").forEach(samples::add));
        return samples;
    }

    private JsonNode redrive(String body) {
        return post("/dead-letters/redrive", body);
    }

    private JsonNode discard(String body) {
        return post("/dead-letters/discard", body);
    }

    /** A slow machine may be refused once or twice; what is refused was not done. */
    private JsonNode post(String path, String body) {
        HttpResponse<String> answer =
                await().atMost(SEEN)
                        .until(() -> service.post(path, body), got -> got.statusCode() != 503);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return RunningService.read(answer.body());
    }

    private RecordMetadata letter(
            String topic, String key, String value, Map<String, String> headers) {
        ProducerRecord<byte[], byte[]> letter =
                new ProducerRecord<>(
                        topic + "-dlt", 0, 1_000L, key.getBytes(UTF_8), value.getBytes(UTF_8));
        headers.forEach((name, text) -> letter.headers().add(name, text.getBytes(UTF_8)));
        return sender.await(letter);
    }

    private List<String> amounts(String order) {
        return database.query(
                "SELECT amount FROM orders WHERE order_id = ?",
                (row, number) -> row.getBigDecimal(1).toPlainString(),
                order);
    }

    private long rowsOf(String host) {
        return Objects.requireNonNullElse(
                database.queryForObject(
                        "SELECT count(*) FROM measurements WHERE host = ?", Long.class, host),
                0L);
    }

    private List<ConsumerRecord<byte[], byte[]>> read(String topic, String eventId) {
        return TopicReader.read(bootstrap, topic).stream()
                .filter(record -> header(record, "ce_id").equals(eventId))
                .toList();
    }

    private List<String> values(String topic, int partition) {
        return TopicReader.read(bootstrap, topic).stream()
                .filter(record -> record.partition() == partition)
                .map(record -> new String(record.value(), UTF_8))
                .toList();
    }

    private static String header(ConsumerRecord<?, ?> record, String name) {
        Header header = record.headers().lastHeader(name);
        return header == null ? "" : new String(header.value(), UTF_8);
    }
}
