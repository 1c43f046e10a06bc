package io.eventpipeline.consumer;

import static io.eventpipeline.consumer.TestEvents.ALICE;
import static io.eventpipeline.consumer.TestEvents.BOB;
import static io.eventpipeline.consumer.TestEvents.MONDAY_NOON;
import static io.eventpipeline.consumer.TestEvents.measurement;
import static io.eventpipeline.consumer.TestEvents.order;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.eventpipeline.model.event.Event;
import io.eventpipeline.model.json.EventJson;
import io.eventpipeline.model.topic.PipelineTopic;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.header.Header;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * Dead letters that are sent back or discarded: once, in order, as they were or edited, and again
 * without harm. On one broker and one database.
 */
class RedriveIntegrationTests extends DeadLetterDesk {

    @Override
    String environment() {
        return "redrive";
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
        String shipments = topic(PipelineTopic.SHIPMENT_REQUESTED);
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
        String measured = topic(PipelineTopic.SERVER_MEASURED);
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
