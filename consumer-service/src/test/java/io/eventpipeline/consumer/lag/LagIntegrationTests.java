package io.eventpipeline.consumer.lag;

import static io.eventpipeline.consumer.TestEvents.ALICE;
import static io.eventpipeline.consumer.TestEvents.order;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.eventpipeline.consumer.RunningService;
import io.eventpipeline.consumer.Sender;
import io.eventpipeline.consumer.partitions.PartitionLogs;
import io.eventpipeline.localcluster.SharedCluster;
import io.eventpipeline.model.topic.PipelineTopic;
import io.eventpipeline.model.topic.TopicCatalogue;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.kafka.core.ConsumerFactory;
import tools.jackson.databind.JsonNode;

/**
 * The lag in three ways, of groups that read, are paused, and are dead. On one running service
 * beside groups of other applications.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LagIntegrationTests {

    private static final Duration SEEN = Duration.ofSeconds(90);

    private final String bootstrap = SharedCluster.kafka().bootstrapServers();
    private final String orders = new TopicCatalogue("lag").name(PipelineTopic.ORDER_PLACED);
    private RunningService service;
    private Sender sender;
    private int sent;

    @BeforeAll
    void start() {
        service =
                RunningService.start(
                        bootstrap,
                        SharedCluster.newDatabase(),
                        "lag",
                        "--pipeline.consumer.lag.interval=200ms",
                        "--pipeline.consumer.lag.cluster-interval=200ms",
                        "--pipeline.consumer.lag.stand-still=2s");
        sender = new Sender(bootstrap, null);
        await().atMost(SEEN)
                .until(() -> service.json("/listeners/shipments").path("partitions").size() == 18);
    }

    @AfterAll
    void stop() {
        sender.close();
        service.close();
    }

    @Test
    void growsWhileTheListenerIsPausedAndHealthSaysThatItStandsStill() {
        sendToFirst(1);
        await().atMost(SEEN).until(() -> lagOf("shipments", orders, 0).orElse(-1L) == 0);
        await().atMost(SEEN).until(() -> health().path("status").stringValue("").equals("UP"));

        service.post("/listeners/shipments/pause", "");
        sendToFirst(3);

        await().atMost(SEEN).until(() -> lagOf("shipments", orders, 0).orElse(-1L) == 3);
        await().atMost(SEEN)
                .untilAsserted(() -> {
                    assertThat(health().path("status").stringValue("")).isEqualTo("DEGRADED");
                    JsonNode standing = health().at("/details/standing/0");
                    assertThat(standing.path("group").stringValue("")).isEqualTo("shipments");
                    assertThat(standing.path("topic").stringValue("")).isEqualTo(orders);
                    assertThat(standing.path("lag").longValue(0)).isEqualTo(3);
                });
        assertThat(service.get("/actuator/health").statusCode()).isEqualTo(200);
        await().atMost(SEEN)
                .untilAsserted(() ->
                        assertThat(client())
                                .filteredOn(member ->
                                        member.path("group").stringValue("").equals("shipments"))
                                .isNotEmpty()
                                .allMatch(member -> member.path("paused").booleanValue()));
        await().atMost(SEEN)
                .until(() ->
                        metrics().contains("pipeline_consumer_partitions_standing{")
                                && metrics()
                                        .lines()
                                        .anyMatch(line ->
                                                line.startsWith(
                                                                "pipeline_consumer_partitions_standing{")
                                                        && line.contains("shipments")
                                                        && line.endsWith(" 1.0")));

        service.post("/listeners/shipments/resume", "");
        await().atMost(SEEN).until(() -> lagOf("shipments", orders, 0).orElse(-1L) == 0);
        await().atMost(SEEN).until(() -> health().path("status").stringValue("").equals("UP"));
    }

    @Test
    void saysWhichWaysToLookThereAre() {
        HttpResponse<String> answer = service.get("/actuator/lag/clients");

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.headers().firstValue("content-type"))
                .hasValueSatisfying(
                        type -> assertThat(type).startsWith("application/problem+json"));
        assertThat(RunningService.read(answer.body()).path("detail").stringValue(""))
                .contains("'clients'", "/actuator/lag/client ", "/actuator/lag/cluster");
    }

    @Test
    void showsWhatTheConsumersSayThemselves() {
        sendToFirst(1);

        await().atMost(SEEN)
                .untilAsserted(() ->
                        assertThat(client())
                                .filteredOn(member ->
                                        member.path("group").stringValue("").equals("shipments")
                                                && member.path("topic")
                                                        .stringValue("")
                                                        .equals(orders)
                                                && member.path("partition").intValue(-1) == 0)
                                .singleElement()
                                .satisfies(member -> {
                                    assertThat(member.path("lag").longValue(-1)).isZero();
                                    assertThat(member.path("member").stringValue(""))
                                            .startsWith("consumer-0-shipments-");
                                }));
        assertThat(metrics()).contains("kafka_consumer_fetch_manager_records_lag");
    }

    @Test
    void showsGroupsOfOtherApplicationsAliveAndDead() {
        sendToFirst(5);
        TopicPartition first = new TopicPartition(orders, 0);
        try (KafkaConsumer<byte[], byte[]> alive = consumerOf("invoices-app")) {
            alive.subscribe(List.of(orders));
            await().atMost(SEEN)
                    .until(() -> {
                        alive.poll(Duration.ofMillis(200));
                        return alive.assignment().contains(first);
                    });
            alive.commitSync(Map.of(first, new OffsetAndMetadata(2)));
            try (KafkaConsumer<byte[], byte[]> dead = consumerOf("reports-app")) {
                dead.assign(List.of(first));
                dead.commitSync(Map.of(first, new OffsetAndMetadata(1)));
            }
            long end = lagEnd();

            await().atMost(SEEN)
                    .untilAsserted(() -> {
                        JsonNode report = service.json("/actuator/lag/cluster");
                        JsonNode read = of(report, "invoices-app", orders);
                        assertThat(read.path("lag").longValue(-1)).isEqualTo(end - 2);
                        assertThat(read.path("owner").stringValue("")).isNotEmpty();
                        assertThat(read.path("timeLagMs").longValue(-1)).isPositive();
                        JsonNode left = of(report, "reports-app", orders);
                        assertThat(left.path("lag").longValue(-1)).isEqualTo(end - 1);
                        assertThat(left.path("owner").isNull()).isTrue();
                        assertThat(left.path("timeLagMs").longValue(-1)).isPositive();
                        assertThat(report.path("groups"))
                                .filteredOn(group ->
                                        group.path("group").stringValue("").equals("reports-app"))
                                .singleElement()
                                .satisfies(group -> {
                                    assertThat(group.path("state").stringValue(""))
                                            .isEqualTo("Empty");
                                    assertThat(group.path("members").intValue(-1)).isZero();
                                });
                    });
        }
        await().atMost(SEEN)
                .until(() ->
                        metrics().contains("pipeline_cluster_lag_records{")
                                && metrics()
                                        .lines()
                                        .anyMatch(line ->
                                                line.startsWith("pipeline_cluster_lag_records{")
                                                        && line.contains("reports-app")
                                                        && line.contains(orders)));
    }

    @Test
    void looksAtNoMoreGroupsThanItMay() {
        LagProperties one =
                new LagProperties(
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(30),
                        Duration.ofSeconds(15),
                        1,
                        1);
        ClusterLagLook look =
                new ClusterLagLook(
                        service.bean(ClusterGroups.class),
                        service.bean(PartitionLogs.class),
                        one,
                        service.bean(ConsumerFactory.class),
                        Clock.systemUTC());
        try {
            ClusterLagReport report = look.look();
            assertThat(report.groups())
                    .singleElement()
                    .satisfies(group ->
                            assertThat(group.group())
                                    .as("this service's groups come first")
                                    .isIn("archive", "measurements", "shipments"));
            assertThat(report.omittedGroups()).isPositive();
        } finally {
            look.destroy();
        }
    }

    private KafkaConsumer<byte[], byte[]> consumerOf(String group) {
        return new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers",
                        bootstrap,
                        "group.id",
                        group,
                        "auto.offset.reset",
                        "earliest",
                        "enable.auto.commit",
                        "false"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
    }

    private void sendToFirst(int count) {
        for (int i = 0; i < count; i++) {
            String id = "lagging-" + sent++;
            sender.send(orders, 0, id, order(id, ALICE));
        }
    }

    private JsonNode health() {
        return service.json("/actuator/health").at("/components/lag");
    }

    private String metrics() {
        return service.get("/actuator/prometheus").body();
    }

    private JsonNode client() {
        return service.json("/actuator/lag/client").path("partitions");
    }

    private long lagEnd() {
        return service.json("/actuator/lag")
                .path("partitions")
                .valueStream()
                .filter(lag ->
                        lag.path("topic").stringValue("").equals(orders)
                                && lag.path("partition").intValue(-1) == 0
                                && lag.path("group").stringValue("").equals("shipments"))
                .findFirst()
                .orElseThrow()
                .path("endOffset")
                .longValue();
    }

    private Optional<Long> lagOf(String group, String topic, int partition) {
        return service.json("/actuator/lag")
                .path("partitions")
                .valueStream()
                .filter(lag ->
                        lag.path("group").stringValue("").equals(group)
                                && lag.path("topic").stringValue("").equals(topic)
                                && lag.path("partition").intValue(-1) == partition)
                .findFirst()
                .map(lag -> lag.path("lag").longValue(-1));
    }

    private static JsonNode of(JsonNode report, String group, String topic) {
        return report.path("partitions")
                .valueStream()
                .filter(lag ->
                        lag.path("group").stringValue("").equals(group)
                                && lag.path("topic").stringValue("").equals(topic)
                                && lag.path("partition").intValue(-1) == 0)
                .findFirst()
                .orElseThrow(() -> new AssertionError("No lag of " + group + " in " + report));
    }
}
