package io.eventpipeline.consumer;

import static io.eventpipeline.consumer.TestEvents.ALICE;
import static io.eventpipeline.consumer.TestEvents.order;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.eventpipeline.consumer.delivery.WriteMode;
import io.eventpipeline.localcluster.SharedCluster;
import io.eventpipeline.model.json.EventJson;
import io.eventpipeline.model.topic.PipelineTopic;
import io.eventpipeline.model.topic.TopicCatalogue;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Both ways of writing give the same tables, counts and dead letters, whatever is wrong with a
 * batch. On a broker and a database; everything of a batch lies there before the listener starts.
 */
class WriteModesIntegrationTests {

    private static final Duration STORED = Duration.ofSeconds(60);
    private static final int PARTITION = 0;

    @ParameterizedTest
    @EnumSource(WriteMode.class)
    void storesEachEventOnceWhateverIsWrongWithABatch(WriteMode writes) throws Exception {
        String bootstrap = SharedCluster.kafka().bootstrapServers();
        String environment = "writes-" + writes;
        String orders = new TopicCatalogue(environment).name(PipelineTopic.ORDER_PLACED);
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap))) {
            admin.createTopics(List.of(new NewTopic(orders, 6, (short) 1))).all().get();
        }
        try (Sender sender = new Sender(bootstrap, null)) {
            for (int i = 0; i < 200; i++) {
                sender.send(orders, PARTITION, "e-" + i, order("o-" + i, ALICE));
            }
            try (RunningService service =
                    RunningService.start(
                            bootstrap,
                            SharedCluster.newDatabase(),
                            environment,
                            "--pipeline.consumer.shipments.writes=" + writes)) {
                JdbcTemplate database = service.bean(JdbcTemplate.class);
                await().atMost(STORED).ignoreExceptions().until(() -> next(database) == 200);
                assertThat(copies(service, "stored") > 0).isEqualTo(writes == WriteMode.COPY);
                service.post("/listeners/shipments/stop", "");
                sendWhatIsWrong(sender, orders);
                service.post("/listeners/shipments/start", "");
                await().atMost(STORED).ignoreExceptions().until(() -> next(database) == 208);
                assertThat(copies(service, "failed") > 0).isEqualTo(writes == WriteMode.COPY);
                assertThat(
                                database.queryForMap(
                                        "SELECT sum(rows_stored) AS rows, sum(repeats_dropped) AS"
                                                + " repeats, sum(dead_lettered) AS letters FROM"
                                                + " consumer_offset"))
                        .hasToString("{rows=202, repeats=3, letters=3}");
                assertThat(
                                database.queryForList(
                                        "SELECT order_id FROM orders WHERE source_offset >= 200"
                                                + " ORDER BY stored_seq",
                                        String.class))
                        .containsExactly("o-first", "o-last");
                assertThat(
                                database.queryForObject(
                                        "SELECT count(DISTINCT event_id) FROM orders", Long.class))
                        .isEqualTo(202);
            }
        }
    }

    /** A new row, three repeats, two conflicts, a value that PostgreSQL refuses, a new row. */
    private static void sendWhatIsWrong(Sender sender, String orders) {
        sender.send(orders, PARTITION, "e-first", order("o-first", ALICE));
        sender.send(orders, PARTITION, "e-first", order("o-first", ALICE));
        sender.send(orders, PARTITION, "e-7", order("o-7", ALICE));
        sender.send(orders, PARTITION, "e-7-again", order("o-7", ALICE, "37.5"));
        sender.send(orders, PARTITION, "e-8", order("o-other", ALICE));
        sender.send(orders, PARTITION, "e-8-other", order("o-8", ALICE, "1.00"));
        // Beyond what timestamptz holds.
        String late = new String(EventJson.write(order("o-late", ALICE)), UTF_8);
        sender.sendBytes(
                orders, PARTITION, "alice", late.replace("2026-", "+999999-").getBytes(UTF_8));
        sender.send(orders, PARTITION, "e-last", order("o-last", ALICE));
    }

    private static long next(JdbcTemplate database) {
        return Objects.requireNonNull(
                database.queryForObject(
                        "SELECT sum(next_offset) FROM consumer_offset", Long.class));
    }

    private static double copies(RunningService service, String outcome) {
        return service.get("/actuator/prometheus")
                .body()
                .lines()
                .filter(line -> line.startsWith("pipeline_consumer_copies_total"))
                .filter(line -> line.contains("outcome=\"" + outcome + "\""))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }
}
