package io.eventpipeline.producer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.eventpipeline.localcluster.SharedCluster;
import io.eventpipeline.producer.Service.Answer;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Any record into any topic, byte for byte as it was sent. On a real broker. */
class RecordsIntegrationTests {

    private static final Duration READY = Duration.ofSeconds(90);
    private static final String ENVIRONMENT = "records";
    private static final String PARCELS = "legacy.parcels";
    private static final String LATEST = "legacy.latest";
    private static final String ORDERS = "commerce.order.records.placed";
    private static final String LOG = "ops.log.records.line";
    private static final int PARTITIONS = 4;

    private static Service service;
    private static String brokers;

    @BeforeAll
    static void start() throws Exception {
        brokers = SharedCluster.kafka().bootstrapServers();
        try (Admin admin =
                Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, brokers))) {
            admin.createTopics(
                            List.of(
                                    new NewTopic(PARCELS, PARTITIONS, (short) 1),
                                    new NewTopic(LATEST, 1, (short) 1)
                                            .configs(Map.of("cleanup.policy", "compact")),
                                    new NewTopic("secret", 1, (short) 1)))
                    .all()
                    .get();
        }
        service =
                Service.on(
                        brokers,
                        "pipeline.environment=" + ENVIRONMENT,
                        "pipeline.producer.topics.allowed=legacy.*",
                        "pipeline.producer.partitioner.pinned[0].topic=" + PARCELS,
                        "pipeline.producer.partitioner.pinned[0].key=Pangyo",
                        "pipeline.producer.partitioner.pinned[0].partition=3");
        await().atMost(READY).until(service::isReady);
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    private static Answer send(String path, String records) {
        return service.post(path, "{\"records\":[" + records + "]}");
    }

    private static List<JsonNode> receipts(Answer answer) {
        assertThat(answer.status()).as(answer.response().body()).isEqualTo(200);
        assertThat(answer.header("content-length")).as("receipts come in one piece").isNotEmpty();
        return answer.body().get("records").valueStream().toList();
    }

    private static ConsumerRecord<byte[], byte[]> stored(JsonNode receipt) {
        TopicPartition partition =
                new TopicPartition(
                        receipt.get("topic").stringValue(), receipt.get("partition").intValue());
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(
                        Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, brokers),
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer())) {
            consumer.assign(List.of(partition));
            consumer.seek(partition, receipt.get("offset").longValue());
            List<ConsumerRecord<byte[], byte[]>> found = new ArrayList<>();
            await().atMost(READY)
                    .until(() -> {
                        consumer.poll(Duration.ofMillis(200)).forEach(found::add);
                        return !found.isEmpty();
                    });
            return found.getFirst();
        }
    }

    private static String text(byte[] bytes) {
        return new String(bytes, UTF_8);
    }

    private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
        return text(record.headers().lastHeader(name).value());
    }

    @Test
    void storesJsonByteForByteUnderItsKeyAsPlainText() {
        JsonNode receipt =
                receipts(
                                send(
                                        "/topics/" + PARCELS + "/records",
                                        "{\"key\":\"alice\",\"value\": {\"b\" : 1.50,\"a\":[1, 2]}"
                                            + " ,\"headers\":{\"color\":\"red\",\"raw\":{\"base64\":\"AAE=\"}}}"))
                        .getFirst();

        ConsumerRecord<byte[], byte[]> record = stored(receipt);
        assertThat(text(record.key())).isEqualTo("alice");
        assertThat(text(record.value())).isEqualTo("{\"b\" : 1.50,\"a\":[1, 2]}");
        assertThat(header(record, "color")).isEqualTo("red");
        assertThat(record.headers().lastHeader("raw").value()).containsExactly(0, 1);
        assertThat(record.headers().toArray()).hasSize(2);
        assertThat(record.partition())
                .as("the partition that a Java client's default partitioner chooses")
                .isEqualTo(BuiltInPartitioner.partitionForKey("alice".getBytes(UTF_8), PARTITIONS));
        assertThat(receipt.get("eventId").stringValue())
                .isEqualTo(PARCELS + "/" + record.partition() + "/" + record.offset());
    }

    @Test
    void storesScalarsTextAndBytes() {
        List<JsonNode> receipts =
                receipts(
                        send(
                                "/topics/" + PARCELS + "/records",
                                "{\"value\":12},{\"value\":true"
                                    + " ,\"key\":7},{\"value\":\"a\\u00fc\"},"
                                    + "{\"valueFormat\":\"text\",\"value\":\"a\\u00fc\"},"
                                    + "{\"value\":\"AP8=\",\"valueFormat\":\"base64\"},"
                                    + "{\"key\":\"q\",\"keyFormat\":\"json\",\"value\":-1.5e3}"));

        assertThat(receipts)
                .extracting(receipt -> stored(receipt).value())
                .containsExactly(
                        "12".getBytes(UTF_8),
                        "true".getBytes(UTF_8),
                        "\"a\\u00fc\"".getBytes(UTF_8),
                        "aü".getBytes(UTF_8),
                        new byte[] {0, (byte) 0xFF},
                        "-1.5e3".getBytes(UTF_8));
        assertThat(text(stored(receipts.get(1)).key())).isEqualTo("7");
        assertThat(text(stored(receipts.get(5)).key())).isEqualTo("\"q\"");
    }

    @Test
    void storesNullAsATombstone() {
        JsonNode receipt =
                receipts(
                                send(
                                        "/topics/" + LATEST + "/records",
                                        "{\"key\":\"alice\",\"value\":null}"))
                        .getFirst();

        assertThat(stored(receipt).value()).isNull();
        assertThat(send("/topics/" + LATEST + "/records", "{\"value\":1}").status())
                .as("a compacted topic needs keys")
                .isEqualTo(422);
    }

    @Test
    void goesWhereAndWhenTheSenderSays() {
        long timestamp = System.currentTimeMillis() - 60_000;

        JsonNode receipt =
                receipts(
                                send(
                                        "/topics/" + PARCELS + "/records?acks=1",
                                        "{\"value\":1,\"partition\":2,\"timestamp\":"
                                                + timestamp
                                                + "}"))
                        .getFirst();

        assertThat(receipt.get("partition").intValue()).isEqualTo(2);
        assertThat(stored(receipt).timestamp()).isEqualTo(timestamp);
        assertThat(
                        send(
                                        "/topics/" + PARCELS + "/records",
                                        "{\"value\":1,\"partition\":4},{\"value\":1,\"timestamp\":1}")
                                .body()
                                .at("/errors")
                                .valueStream()
                                .map(error -> error.get("pointer").stringValue()))
                .containsExactly("#/records/0/partition", "#/records/1/timestamp");
    }

    @Test
    void answersOffsetMinusOneIfNobodyConfirms() {
        JsonNode receipt =
                receipts(send("/topics/" + PARCELS + "/records?acks=0", "{\"value\":1}"))
                        .getFirst();

        assertThat(receipt.get("offset").longValue()).isEqualTo(-1);
        assertThat(receipt.get("eventId").isNull()).isTrue();
    }

    @Test
    void takesPartitionsInTurn() {
        List<JsonNode> receipts =
                receipts(
                        send(
                                "/topics/" + PARCELS + "/records?partitioner=round-robin",
                                "{\"value\":1},{\"value\":2},{\"value\":3},{\"value\":4}"));

        assertThat(receipts)
                .extracting(receipt -> receipt.get("partition").intValue())
                .containsExactlyInAnyOrder(0, 1, 2, 3);
    }

    @Test
    void sendsPinnedKeysToTheirPartitionAndRefusesARecordWithoutKey() {
        String path = "/topics/" + PARCELS + "/records?partitioner=pinned";

        assertThat(
                        receipts(
                                        send(
                                                path,
                                                "{\"key\":\"Pangyo\",\"value\":1},"
                                                        + "{\"key\":\"alice\",\"value\":1}"))
                                .stream()
                                .map(receipt -> receipt.get("partition").intValue()))
                .containsExactly(
                        3, BuiltInPartitioner.partitionForKey("alice".getBytes(UTF_8), PARTITIONS));
        Answer refused = send(path, "{\"value\":1}");
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.body().at("/errors/0/pointer").stringValue())
                .isEqualTo("#/records/0/key");
    }

    @Test
    void checksAnEventAsItsTypedDoorDoes() {
        String path = "/topics/" + ORDERS + "/records";
        String order = Orders.placedBy(Orders.ALICE, "r-1");

        ConsumerRecord<byte[], byte[]> record =
                stored(receipts(send(path, "{\"value\":" + order + "}")).getFirst());
        assertThat(text(record.key())).isEqualTo(Orders.ALICE);
        assertThat(header(record, "ce_type")).isEqualTo("io.eventpipeline.order.placed.v1");
        assertThat(header(record, "ce_source")).isEqualTo("/producer-service" + path);

        assertThat(
                        send(
                                        path,
                                        "{\"key\":\"bob\",\"partition\":0,\"value\":"
                                                + order
                                                + "},{\"value\":{\"orderId\":\"x\"}}")
                                .body()
                                .at("/errors")
                                .valueStream()
                                .map(error -> error.get("pointer").stringValue()))
                .contains("#/records/0/key", "#/records/0/partition", "#/records/1/value/customer");
        assertThat(send(path + "?acks=1", "{\"value\":" + order + "}").status()).isEqualTo(400);
        assertThat(send(path + "?partitioner=round-robin", "{\"value\":" + order + "}").status())
                .isEqualTo(400);
    }

    @Test
    void storesABodyAsItsValue() {
        Answer text =
                service.exchange(
                        HttpRequest.newBuilder(
                                        service.uri(
                                                "/topics/"
                                                        + PARCELS
                                                        + "/records?key=k&partition=1"))
                                .header("Content-Type", "text/plain")
                                .POST(BodyPublishers.ofString("no { json")));
        Answer line =
                service.exchange(
                        HttpRequest.newBuilder(service.uri("/topics/" + LOG + "/records"))
                                .header("Content-Type", "text/plain; charset=utf-8")
                                .header("Idempotency-Key", "\"line-1\"")
                                .POST(BodyPublishers.ofString("disk full")));

        ConsumerRecord<byte[], byte[]> record = stored(text.body());
        assertThat(text(record.value())).isEqualTo("no { json");
        assertThat(text(record.key())).isEqualTo("k");
        assertThat(record.partition()).isEqualTo(1);
        assertThat(header(stored(line.body()), "ce_id")).isEqualTo("line-1");
        assertThat(line.body().get("eventId").stringValue()).isEqualTo("line-1");
    }

    private static List<String> placesOfErrors(String pathAndQuery, String body) {
        Answer refused =
                service.exchange(
                        HttpRequest.newBuilder(service.uri(pathAndQuery))
                                .header("Content-Type", "text/plain")
                                .POST(BodyPublishers.ofString(body)));
        assertThat(refused.status()).isEqualTo(422);
        return refused.body()
                .at("/errors")
                .valueStream()
                .map(error ->
                        error.has("parameter")
                                ? error.get("parameter").stringValue()
                                : error.get("pointer").stringValue())
                .toList();
    }

    @Test
    void namesTheParameterOrThePlaceInABodyThatIsTheValue() {
        assertThat(placesOfErrors("/topics/" + PARCELS + "/records?partition=4&timestamp=1", "x"))
                .containsExactlyInAnyOrder("partition", "timestamp");
        assertThat(placesOfErrors("/topics/" + LATEST + "/records", "x")).containsExactly("key");
        assertThat(placesOfErrors("/topics/" + ORDERS + "/records?key=bob", "{\"orderId\":1}"))
                .contains("#/orderId", "#/customer")
                .allMatch(place -> place.startsWith("#/"));
        assertThat(placesOfErrors("/topics/" + ORDERS + "/records", "no json"))
                .containsExactly("#");
    }

    @Test
    void sendsRecordsToSeveralTopicsInOneCall() {
        List<JsonNode> receipts =
                receipts(
                        send(
                                "/records",
                                "{\"topic\":\""
                                        + PARCELS
                                        + "\",\"value\":1},{\"topic\":\""
                                        + LATEST
                                        + "\",\"key\":\"k\",\"value\":2}"));

        assertThat(receipts)
                .extracting(receipt -> receipt.get("topic").stringValue())
                .containsExactly(PARCELS, LATEST);
        assertThat(send("/records", "{\"value\":1}").status()).isEqualTo(422);
    }

    private static Answer v2(String path, String kind, String body) {
        return service.exchange(
                HttpRequest.newBuilder(service.uri(path))
                        .header(
                                "Content-Type",
                                "application/vnd.kafka."
                                        + (kind.contains(".") ? kind : kind + ".v2+json"))
                        .header("Accept", "application/vnd.kafka.v2+json")
                        .POST(BodyPublishers.ofString(body)));
    }

    private static ConsumerRecord<byte[], byte[]> storedByV2(Answer answer) {
        assertThat(answer.status()).as(answer.response().body()).isEqualTo(200);
        assertThat(answer.header("content-type")).isEqualTo("application/vnd.kafka.v2+json");
        ObjectNode receipt = (ObjectNode) answer.body().at("/offsets/0");
        return stored(receipt.put("topic", PARCELS));
    }

    @Test
    void speaksTheV2FormOfOtherProxies() {
        String path = "/topics/" + PARCELS;

        ConsumerRecord<byte[], byte[]> json =
                storedByV2(
                        v2(
                                path,
                                "json",
                                "{\"records\":[{\"key\":\"k\",\"value\":{\"a\":1},"
                                        + "\"headers\":[{\"key\":\"h\",\"value\":\"aGk=\"}]}]}"));
        assertThat(text(json.key())).isEqualTo("k");
        assertThat(text(json.value())).isEqualTo("{\"a\":1}");
        assertThat(header(json, "h")).isEqualTo("hi");
        assertThat(
                        storedByV2(
                                        v2(
                                                path + "/partitions/3",
                                                "binary",
                                                "{\"records\":[{\"value\":\"AP8=\"}]}"))
                                .value())
                .containsExactly(0, 0xFF);
        assertThat(text(storedByV2(v2(path, "text", "{\"records\":[{\"value\":\"hi\"}]}")).value()))
                .isEqualTo("hi");
    }

    @Test
    void refusesInTheV2FormWithATrueStatus() {
        Answer unknown = v2("/topics/nowhere", "json", "{\"records\":[{\"value\":1}]}");
        Answer invalid = v2("/topics/" + PARCELS, "json", "{\"records\":[{}]}");

        assertThat(unknown.status()).isEqualTo(404);
        assertThat(unknown.body().get("error_code").intValue()).isEqualTo(404);
        assertThat(unknown.body().get("message").stringValue()).contains("nowhere");
        assertThat(invalid.status()).isEqualTo(422);
        assertThat(invalid.body().get("message").stringValue()).contains("/records/0/value");
    }

    /** What clients of the other proxies cannot do, or are told wrongly. */
    @Test
    void takesInTheV2FormWhatOtherProxiesDoNot() {
        String json = "json.v2+json; charset=utf-8";
        Answer tombstone =
                v2("/topics/" + LATEST, json, "{\"records\":[{\"key\":\"k\",\"value\":null}]}");
        Answer scalars =
                v2(
                        "/topics/" + PARCELS,
                        json,
                        "{\"records\":[{\"key\":\"alice\",\"value\":12},{\"value\":true}]}");
        Answer large =
                v2(
                        "/topics/" + PARCELS,
                        "json",
                        "{\"records\":[{\"value\":\"" + "x".repeat(11_000_000) + "\"}]}");

        assertThat(tombstone.status()).as(tombstone.response().body()).isEqualTo(200);
        assertThat(stored(((ObjectNode) tombstone.body().at("/offsets/0")).put("topic", LATEST)))
                .satisfies(record -> assertThat(record.value()).isNull());
        assertThat(text(storedByV2(scalars).value())).isEqualTo("12");
        assertThat(storedByV2(scalars).partition())
                .as("the partition of native clients")
                .isEqualTo(BuiltInPartitioner.partitionForKey("alice".getBytes(UTF_8), PARTITIONS));
        assertThat(large.status()).isEqualTo(413);
        assertThat(large.body().get("error_code").intValue()).isEqualTo(413);
    }

    @Test
    void saysAtOnceThatATopicCannotBeSentTo() {
        for (String topic :
                List.of(
                        "legacy.nowhere",
                        "secret",
                        "__consumer_offsets",
                        ORDERS + "-dlt",
                        "commerce.shipping.records.requested",
                        "platform.connect.records.configs")) {
            Answer answer = send("/topics/" + topic + "/records", "{\"value\":1}");
            assertThat(answer.status()).as(topic).isEqualTo(404);
            assertThat(answer.body().get("type").stringValue()).endsWith("/unknown-topic");
            assertThat(answer.took()).isLessThan(Duration.ofSeconds(2));
        }
    }

    @Test
    void namesEverythingThatIsWrongAndSendsNothing() {
        Answer answer =
                send(
                        "/topics/" + PARCELS + "/records",
                        "{\"value\":1},{\"key\":{},\"value\":1},{},{\"value\":1,\"vlaue\":2},7,"
                            + "{\"value\":\"?\",\"valueFormat\":\"base64\"},"
                            + "{\"value\":1,\"headers\":[]},{\"value\":1,\"keyFormat\":\"xml\"}");

        assertThat(answer.status()).isEqualTo(422);
        assertThat(
                        answer.body()
                                .at("/errors")
                                .valueStream()
                                .map(error -> error.get("pointer").stringValue()))
                .containsExactly(
                        "#/records/1/key",
                        "#/records/2/value",
                        "#/records/3/vlaue",
                        "#/records/4",
                        "#/records/5/value",
                        "#/records/6/headers",
                        "#/records/7/keyFormat");
    }

    @Test
    void refusesARecordThatIsTooLargeBeforeAnyIsSent() {
        Answer answer =
                send(
                        "/topics/" + PARCELS + "/records",
                        "{\"value\":1},{\"value\":\"" + "x".repeat(1_100_000) + "\"}");

        assertThat(answer.status()).isEqualTo(413);
        assertThat(answer.body().at("/records/0/outcome").stringValue()).isEqualTo("not_written");
    }
}
