package io.eventpipeline.consumer;

import static io.eventpipeline.consumer.TestEvents.ALICE;
import static io.eventpipeline.consumer.TestEvents.order;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.eventpipeline.localcluster.SharedCluster;
import io.eventpipeline.model.topic.PipelineTopic;
import io.eventpipeline.model.topic.TopicCatalogue;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.jdbc.core.JdbcTemplate;
import tools.jackson.databind.JsonNode;

/**
 * A group reads on from where an operator moved it, whichever instance owns the partition, and says
 * before what that means. On two instances, with one partition a test.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SeekIntegrationTests {

    private static final Duration DONE = Duration.ofSeconds(90);

    private final String bootstrap = SharedCluster.kafka().bootstrapServers();
    private final String orders = new TopicCatalogue("seek").name(PipelineTopic.ORDER_PLACED);
    private RunningService asked;
    private RunningService other;
    private Sender sender;
    private Admin admin;
    private JdbcTemplate database;

    @BeforeAll
    void start() {
        String jdbcUrl = SharedCluster.newDatabase();
        asked = RunningService.start(bootstrap, jdbcUrl, "seek");
        other =
                RunningService.start(
                        bootstrap, jdbcUrl, "seek", "--pipeline.consumer.instance-id=other");
        sender = new Sender(bootstrap, null);
        admin = Admin.create(Map.of("bootstrap.servers", bootstrap));
        database = asked.bean(JdbcTemplate.class);
        await().atMost(DONE)
                .until(() ->
                        partitionsOf(asked) + partitionsOf(other) == 18
                                && partitionsOf(asked) > 0
                                && partitionsOf(other) > 0);
    }

    @AfterAll
    void stop() {
        admin.close();
        sender.close();
        asked.close();
        other.close();
    }

    @Test
    void readsAllAgainWhoeverOwnsThePartitions() {
        for (int partition = 0; partition < 6; partition++) {
            for (int i = 0; i < 3; i++) {
                sendAndAwait(partition, "all-" + partition + "-" + i);
            }
        }
        long before = read();

        long moves = count("SELECT sum(abs(sought)) FROM consumer_offset");
        JsonNode planned = seek("{\"to\":\"earliest\",\"dryRun\":true}");
        assertThat(planned.path("readAgain").longValue()).isGreaterThanOrEqualTo(18);
        assertThat(planned.path("partitions")).hasSize(18);
        assertThat(count("SELECT sum(abs(sought)) FROM consumer_offset"))
                .as("a dry run moves nothing")
                .isEqualTo(moves);

        JsonNode done = seek("{\"to\":\"earliest\",\"topic\":\"" + orders + "\"}");
        assertThat(done.path("readAgain").longValue()).isGreaterThanOrEqualTo(18);
        await().atMost(DONE)
                .untilAsserted(() ->
                        assertThat(read() - before)
                                .isGreaterThanOrEqualTo(done.path("readAgain").longValue()));
        awaitEnd();
        assertThat(count("SELECT count(*) FROM orders WHERE order_id LIKE 'all-%'")).isEqualTo(18);
        assertAccountsAreWhole();
    }

    @Test
    void readsFromAnOffsetATimeAndADistance() {
        sendAndAwait(1, "to-1");
        sendAndAwait(1, "to-2");
        RecordMetadata third = sendAndAwait(1, "to-3");
        sendAndAwait(1, "to-4");
        long end = offset(1);

        assertThat(seekIn(1, "offset", end - 3).path("readAgain").longValue()).isEqualTo(3);
        awaitOffset(1, end);
        assertThat(seekIn(1, "relative", -1).path("readAgain").longValue()).isEqualTo(1);
        awaitOffset(1, end);
        // Two records may bear the same millisecond.
        assertThat(seekIn(1, "timestamp", third.timestamp()).path("readAgain").longValue())
                .isGreaterThanOrEqualTo(2);
        awaitOffset(1, end);
        assertThat(
                        seek(body(1, "timestamp", "\"2100-01-01T00:00:00Z\""))
                                .path("readAgain")
                                .longValue())
                .as("no record is as young")
                .isZero();
        assertAccountsAreWhole();
    }

    @Test
    void skipsWhatIsNotReadYetAndOnlyThat() {
        sendAndAwait(2, "skip-1");
        assertThat(asked.post("/listeners/shipments/stop", "").statusCode()).isEqualTo(200);
        assertThat(other.post("/listeners/shipments/stop", "").statusCode()).isEqualTo(200);
        for (int i = 2; i <= 4; i++) {
            sender.send(orders, 2, "skip-" + i, order("skip-" + i, ALICE));
        }

        assertThat(seekIn(2, "relative", 2).path("skipped").longValue()).isEqualTo(2);
        // Nobody owns the partition, so nobody else tells Kafka.
        await().atMost(DONE).until(() -> committed(2) == offset(2));
        assertThat(asked.post("/listeners/shipments/start", "").statusCode()).isEqualTo(200);
        assertThat(other.post("/listeners/shipments/start", "").statusCode()).isEqualTo(200);
        await().atMost(DONE).until(() -> stored("skip-4") == 1);

        assertThat(stored("skip-2") + stored("skip-3")).isZero();
        assertAccountsAreWhole();
    }

    @Test
    void bringsAPartitionInAlarmBack() throws Exception {
        sendAndAwait(3, "alarm-1");
        asked.post("/listeners/shipments/stop", "");
        other.post("/listeners/shipments/stop", "");
        for (int i = 2; i <= 4; i++) {
            sender.send(orders, 3, "alarm-" + i, order("alarm-" + i, ALICE));
        }
        long gone = offset(3) + 2;
        admin.deleteRecords(
                        Map.of(new TopicPartition(orders, 3), RecordsToDelete.beforeOffset(gone)))
                .all()
                .get(30, TimeUnit.SECONDS);
        asked.post("/listeners/shipments/start", "");
        await().atMost(DONE).until(() -> state(asked).equals("alarm"));

        JsonNode done =
                seek("{\"to\":\"earliest\",\"topic\":\"" + orders + "\",\"partitions\":[3]}");

        assertThat(done.at("/partitions/0/offset").longValue()).isEqualTo(gone);
        await().atMost(DONE).until(() -> stored("alarm-4") == 1);
        await().atMost(DONE).until(() -> state(asked).equals("running"));
        other.post("/listeners/shipments/start", "");
    }

    @Test
    void refusesWhatItCannotDo() {
        sendAndAwait(4, "refused-1");

        assertRefused(body(4, "offset", "1000000"), 422, "is outside");
        assertRefused(body(4, "relative", "-1000000"), 422, "is outside");
        assertRefused(body(4, "offset", "-1"), 422, "must not be negative");
        assertRefused(body(4, "offset", "\"7\""), 422, "whole number");
        assertRefused(body(4, "timestamp", "\"yesterday\""), 422, "ISO-8601");
        assertRefused(body(9, "earliest", "null"), 422, "9 is not one of the 6 partitions");
        assertRefused("{\"to\":\"nowhere\"}", 422, "earliest");
        assertRefused("{\"to\":\"offset\"}", 422, "is required");
        assertRefused("{\"to\":\"latest\",\"value\":3}", 422, "is not taken");
        assertRefused("{\"to\":\"latest\",\"partitions\":[1]}", 422, "#/topic");
        assertRefused("{\"to\":\"latest\",\"topic\":\"web\"}", 422, orders);
        assertRefused("{\"to\":\"latest\",\"dryrun\":true}", 422, "not a field");
        assertRefused("[]", 422, "must be an object");
        assertRefused("{", 400, "malformed-body");
        assertThat(asked.post("/listeners/nobody/seek", "{\"to\":\"latest\"}").statusCode())
                .isEqualTo(404);
        assertThat(offset(4)).as("nothing moved").isEqualTo(offsetOf("refused-1") + 1);
    }

    private void assertRefused(String body, int status, String word) {
        HttpResponse<String> answer = asked.post("/listeners/shipments/seek", body);
        assertThat(answer.statusCode()).as(body).isEqualTo(status);
        assertThat(answer.body()).as(body).contains(word);
    }

    /** How many records became rows or were dropped as repeats. */
    private long read() {
        return count("SELECT sum(rows_stored + repeats_dropped) FROM consumer_offset");
    }

    /** What V3__seeks.sql says of each row; all records here were sent without transactions. */
    private void assertAccountsAreWhole() {
        assertThat(
                        count(
                                "SELECT count(*) FROM consumer_offset WHERE next_offset - sought <>"
                                        + " rows_stored + repeats_dropped + dead_lettered"))
                .isZero();
    }

    private JsonNode seekIn(int partition, String to, long value) {
        return seek(body(partition, to, Long.toString(value)));
    }

    private String body(int partition, String to, String value) {
        return "{\"to\":\"%s\",\"value\":%s,\"topic\":\"%s\",\"partitions\":[%d]}"
                .formatted(to, value, orders, partition);
    }

    private JsonNode seek(String body) {
        HttpResponse<String> answer = asked.post("/listeners/shipments/seek", body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return RunningService.read(answer.body());
    }

    private RecordMetadata sendAndAwait(int partition, String id) {
        RecordMetadata sent = sender.send(orders, partition, id, order(id, ALICE));
        await().atMost(DONE).until(() -> stored(id) == 1);
        return sent;
    }

    private void awaitEnd() {
        await().atMost(DONE)
                .until(() ->
                        asked.json("/actuator/lag")
                                .get("partitions")
                                .valueStream()
                                .allMatch(lag -> lag.get("lag").longValue(-1) == 0));
    }

    private void awaitOffset(int partition, long expected) {
        await().atMost(DONE).until(() -> offset(partition) == expected);
    }

    private long offset(int partition) {
        return count(
                "SELECT next_offset FROM consumer_offset WHERE topic = '%s' AND partition = %d"
                        .formatted(orders, partition));
    }

    private long committed(int partition) throws Exception {
        OffsetAndMetadata committed =
                admin.listConsumerGroupOffsets("shipments")
                        .partitionsToOffsetAndMetadata()
                        .get(30, TimeUnit.SECONDS)
                        .get(new TopicPartition(orders, partition));
        return committed == null ? -1 : committed.offset();
    }

    private long stored(String id) {
        return count("SELECT count(*) FROM orders WHERE order_id = '%s'".formatted(id));
    }

    private long offsetOf(String id) {
        return count("SELECT source_offset FROM orders WHERE order_id = '%s'".formatted(id));
    }

    private long count(String sql) {
        Long value = database.queryForObject(sql, Long.class);
        return value == null ? 0 : value;
    }

    private static int partitionsOf(RunningService service) {
        return service.json("/listeners/shipments").path("partitions").size();
    }

    private static String state(RunningService service) {
        return service.json("/listeners/shipments").path("state").stringValue("");
    }
}
