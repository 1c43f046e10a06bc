package io.eventpipeline.producer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.eventpipeline.localcluster.SharedCluster;
import io.eventpipeline.producer.Service.Answer;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A topic with a JSON Schema takes no other values, whichever door they come in by. On a real
 * broker.
 */
class ValueSchemasIntegrationTests {

    private static final Duration READY = Duration.ofSeconds(90);
    private static final String PARCELS = "schemas.parcels";
    private static final String LOG = "ops.log.schemas.line";
    private static final String RECORDS = "/topics/" + PARCELS + "/records";

    private static Service service;
    private static String brokers;

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        String schema =
                "{\"type\":\"object\",\"required\":[\"weight\"],"
                        + "\"properties\":{\"weight\":{\"type\":\"number\"}}}";
        Files.writeString(folder.resolve(PARCELS + ".json"), schema);
        Files.writeString(folder.resolve(LOG + ".json"), schema);
        brokers = SharedCluster.kafka().bootstrapServers();
        try (Admin admin = admin()) {
            admin.createTopics(List.of(new NewTopic(PARCELS, 1, (short) 1))).all().get();
        }
        service =
                Service.on(
                        brokers,
                        "pipeline.environment=schemas",
                        "pipeline.producer.topics.allowed=schemas.*",
                        "pipeline.producer.schemas.folder=" + folder);
        await().atMost(READY).until(service::isReady);
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    private static Admin admin() {
        return Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, brokers));
    }

    private static long stored() throws Exception {
        TopicPartition partition = new TopicPartition(PARCELS, 0);
        try (Admin admin = admin()) {
            return admin.listOffsets(Map.of(partition, OffsetSpec.latest()))
                    .partitionResult(partition)
                    .get()
                    .offset();
        }
    }

    private static List<String> pointers(JsonNode problem) {
        return problem.get("errors")
                .valueStream()
                .map(error -> error.get("pointer").asString())
                .toList();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            ignoreLeadingAndTrailingWhitespace = true,
            textBlock =
                    """
                    /topics/schemas.parcels/records | application/json | {"records":[{"value":{"weight":1}},{"value":{"weight":"1"}}]} | #/records/1/value/weight
                    /topics/schemas.parcels/records?atomic=true | application/json | {"records":[{"value":{"weight":1}},{"value":{}}]} | #/records/1/value/weight
                    /topics/schemas.parcels/records | application/json | {"records":[{"value":"{}","valueFormat":"text"}]} | #/records/0/value/weight
                    /topics/schemas.parcels/records | application/json | {"records":[{"value":null}]} | #/records/0/value
                    /records | application/json | {"records":[{"topic":"ops.log.schemas.line","value":{"weight":1}},{"topic":"schemas.parcels","value":[]}]} | #/records/1/value
                    /topics/schemas.parcels/records | application/octet-stream | {"weight":"1"} | #/weight
                    /topics/schemas.parcels/records?key=k | text/plain | heavy | #
                    /topics/schemas.parcels | application/vnd.kafka.json.v2+json | {"records":[{"value":{"weight":"1"}}]} | /records/0/value/weight
                    /topics/schemas.parcels | application/vnd.kafka.binary.v2+json | {"records":[{"value":"e30="}]} | /records/0/value/weight
                    /events?topic=schemas.parcels | application/cloudevents+json | {"specversion":"1.0","id":"1","source":"/s","type":"t","data":{"weight":"1"}} | #/data/weight
                    /events?topic=schemas.parcels&content-mode=structured | application/cloudevents+json | {"specversion":"1.0","id":"1","source":"/s","type":"t","data":{"weight":1}} | #/weight
                    /log-lines | text/plain | started | #/0
                    """)
    void refusesAnotherValueAtEveryDoorAndSendsNothing(
            String path, String type, String body, String pointer) throws Exception {
        long before = stored();

        Answer answer =
                service.exchange(
                        HttpRequest.newBuilder(service.uri(path))
                                .header("Content-Type", type)
                                .POST(BodyPublishers.ofString(body)));

        assertThat(answer.status()).as(answer.response().body()).isEqualTo(422);
        if (type.contains("v2+json")) {
            assertThat(answer.body().get("message").asString()).startsWith(pointer + " ");
        } else {
            assertThat(answer.header("content-type")).isEqualTo("application/problem+json");
            assertThat(pointers(answer.body())).containsExactly(pointer);
        }
        assertThat(stored()).isEqualTo(before);
    }

    @Test
    void refusesALineOfAStreamAndGoesOn() throws Exception {
        long before = stored();

        Answer answer =
                service.exchange(
                        HttpRequest.newBuilder(service.uri(RECORDS))
                                .header("Content-Type", "application/x-ndjson")
                                .POST(
                                        BodyPublishers.ofString(
                                                """
                                                {"value":{"weight":1}}
                                                {"value":{"weight":"1"}}
                                                {"value":{"weight":2}}
                                                """)));

        List<JsonNode> lines =
                answer.response().body().lines().map(JsonMapper.shared()::readTree).toList();
        assertThat(lines).hasSize(3);
        assertThat(lines.get(0).get("offset").longValue()).isEqualTo(before);
        assertThat(lines.get(1).toString()).contains("#/value/weight").contains("422");
        assertThat(lines.get(2).get("offset").longValue()).isEqualTo(before + 1);
    }

    @Test
    void storesWhatTheSchemaTakes() throws Exception {
        long before = stored();

        assertThat(service.post(RECORDS, "{\"records\":[{\"value\":{\"weight\":1.50}}]}").status())
                .isEqualTo(200);
        assertThat(stored()).isEqualTo(before + 1);
    }

    @Test
    void showsTheSchemaOfATopic() {
        JsonNode topic = service.get("/topics/" + PARCELS).body();

        assertThat(topic.get("schema").get("required").get(0).asString()).isEqualTo("weight");
        assertThat(service.get("/topics").body().toString()).doesNotContain("\"schema\"");
    }
}
