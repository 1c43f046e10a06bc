package io.eventpipeline.consumer;

import static io.eventpipeline.consumer.TestEvents.ALICE;
import static io.eventpipeline.consumer.TestEvents.order;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.eventpipeline.localcluster.SharedCluster;
import io.eventpipeline.model.topic.PipelineTopic;
import io.eventpipeline.model.topic.TopicCatalogue;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
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
        long before;
        try (Sender sender = new Sender(bootstrap, null)) {
            try (RunningService first = start()) {
                // A listener runs before it has looked where the partition ends.
                before = sendUntilShown(first, sender);
                for (int i = 1; i <= 5; i++) {
                    sender.send(orders, 1, "o-" + i, order("o-" + i, ALICE));
                    sender.send(orders, 2, "x-" + i, order("x-" + i, ALICE));
                }
                await().atMost(READ).until(() -> ids(first).contains("o-5"));
                assertThat(ids(first)).startsWith("o-5", "o-4", "o-3", "o-2", "o-1");
            }
            // Two before the end are read again, what comes meanwhile too; partition 2 never.
            try (RunningService service = start()) {
                sender.send(orders, 1, "o-6", order("o-6", ALICE));
                await().atMost(READ)
                        .until(() -> service.json("/tail?limit=1").toString().contains("o-6"));
                JsonNode tail = service.json("/tail");
                assertThat(tail.size()).isBetween(2, 3);
                assertThat(tail.get(0).get("offset").longValue()).isEqualTo(before + 5);
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

    /** Sends one record after the other until the listener shows one; returns how many. */
    private long sendUntilShown(RunningService service, Sender sender) {
        AtomicLong sent = new AtomicLong();
        await().atMost(READ)
                .until(() -> {
                    String id = "before-" + sent.incrementAndGet();
                    sender.send(orders, 1, id, order(id, ALICE));
                    return !ids(service).isEmpty();
                });
        return sent.get();
    }

    /** The events that are shown, the last one first. */
    private static List<String> ids(RunningService service) throws Exception {
        return service.json("/tail")
                .valueStream()
                .map(line -> line.get("headers").get("ce_id").stringValue())
                .toList();
    }
}
