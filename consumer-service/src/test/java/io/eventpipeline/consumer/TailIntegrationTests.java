package io.eventpipeline.consumer;

import static io.eventpipeline.consumer.TestEvents.ALICE;
import static io.eventpipeline.consumer.TestEvents.order;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.eventpipeline.localcluster.SharedCluster;
import io.eventpipeline.model.topic.PipelineTopic;
import io.eventpipeline.model.topic.TopicCatalogue;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * C4: the last records of chosen partitions, without a group, and without PostgreSQL. On one
 * broker.
 */
class TailIntegrationTests {

    private static final Duration READ = Duration.ofSeconds(90);
    private static final String NO_DATABASE = "jdbc:postgresql://127.0.0.1:1/none";

    private final String bootstrap = SharedCluster.kafka().bootstrapServers();
    private final String orders = new TopicCatalogue("tail").name(PipelineTopic.ORDER_PLACED);

    @Test
    @DisplayName("C4 chosen partitions are read without a group")
    void showsTheLastRecordsOfChosenPartitionsWithoutAGroup() throws Exception {
        try (Sender sender = new Sender(bootstrap, null)) {
            try (RunningService first = start()) {
                awaitTail(first, 0);
                for (int i = 1; i <= 5; i++) {
                    sender.send(orders, 1, "o-" + i, order("o-" + i, ALICE));
                    sender.send(orders, 2, "x-" + i, order("x-" + i, ALICE));
                }
                awaitTail(first, 5);
            }
            // Two before the end are read again, what comes meanwhile too; partition 2 never.
            try (RunningService service = start()) {
                sender.send(orders, 1, "o-6", order("o-6", ALICE));
                await().atMost(READ)
                        .until(() -> service.json("/tail?limit=1").toString().contains("o-6"));
                JsonNode tail = service.json("/tail");
                assertThat(tail.size()).isBetween(2, 3);
                assertThat(tail.get(0).get("offset").longValue()).isEqualTo(5);
                assertThat(tail.get(0).get("headers").get("ce_id").stringValue()).isEqualTo("o-6");
                assertThat(tail.get(0).get("value").get("amount").toString()).isEqualTo("37.50");
                assertThat(tail).allMatch(line -> line.get("partition").intValue() == 1);
                assertThat(service.get("/tail?limit=0").statusCode()).isEqualTo(400);
                assertThat(
                                service.json("/actuator/health")
                                        .at("/components/listeners/details/tail/state")
                                        .stringValue(""))
                        .isEqualTo("running");
            }
        }
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap))) {
            assertThat(admin.listGroups().all().get(30, TimeUnit.SECONDS))
                    .noneMatch(group -> group.groupId().contains("tail"));
        }
    }

    private RunningService start() {
        return RunningService.start(
                bootstrap,
                NO_DATABASE,
                "tail",
                "--pipeline.consumer.tail.chosen[0].topic=order-placed",
                "--pipeline.consumer.tail.chosen[0].partitions=1",
                "--pipeline.consumer.tail.start-back=2");
    }

    private static void awaitTail(RunningService service, int records) {
        await().atMost(READ)
                .untilAsserted(() -> {
                    JsonNode health = service.json("/actuator/health");
                    assertThat(
                                    health.at("/components/listeners/details/tail/state")
                                            .stringValue(""))
                            .isEqualTo("running");
                    assertThat(service.json("/tail").size()).isEqualTo(records);
                });
    }
}
