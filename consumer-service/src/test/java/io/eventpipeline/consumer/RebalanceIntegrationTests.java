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
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * While orders keep coming, a member joins and leaves: each order becomes a row once and no record
 * is even read twice, whoever divides the partitions and how. Test of seed rows C3 and C7.
 */
class RebalanceIntegrationTests {

    private static final Duration DONE = Duration.ofMinutes(2);
    private static final int PARTITIONS = 18;

    private final String bootstrap = SharedCluster.kafka().bootstrapServers();

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource({
        "classic, range, Classic",
        "classic, round-robin, Classic",
        "classic, sticky, Classic",
        "classic, cooperative-sticky, Classic",
        "consumer, uniform, Consumer",
        "consumer, range, Consumer"
    })
    @DisplayName(
            "C3, C7 what was processed is committed when partitions are revoked, with each"
                    + " assignor")
    void losesAndRepeatsNothingWhenAMemberJoinsAndLeaves(
            String protocol, String assignor, String groupType) throws Exception {
        String environment = protocol + "-" + assignor;
        String jdbcUrl = SharedCluster.newDatabase();
        String[] settings = {
            "--pipeline.consumer.instance-id=first",
            "--pipeline.consumer.shipments.membership.protocol=" + protocol,
            "--pipeline.consumer.shipments.membership.assignor=" + assignor
        };
        try (RunningService first =
                        RunningService.start(bootstrap, jdbcUrl, environment, settings);
                Orders orders = new Orders(environment)) {
            await().atMost(DONE).until(() -> partitionsOf(first) == PARTITIONS);
            assertThat(typeOfGroup()).isEqualTo(groupType);
            orders.awaitStored(first, 20);

            settings[0] = "--pipeline.consumer.instance-id=second";
            try (RunningService second =
                    RunningService.start(bootstrap, jdbcUrl, environment, settings)) {
                await().atMost(DONE)
                        .until(() ->
                                partitionsOf(second) > 0
                                        && partitionsOf(first) + partitionsOf(second)
                                                == PARTITIONS);
                orders.awaitStored(first, 20);
                assertThat(metric(second, "assigned")).isPositive();
                assertThat(metric(first, "revoked")).isPositive();
            }
            await().atMost(DONE).until(() -> partitionsOf(first) == PARTITIONS);
            orders.awaitStored(first, 20);

            int sent = orders.stop();
            await().atMost(DONE).until(() -> count(first, "SELECT count(*) FROM orders") == sent);
            assertThat(count(first, "SELECT sum(rows_stored) FROM consumer_offset"))
                    .isEqualTo(sent);
            assertThat(count(first, "SELECT sum(repeats_dropped) FROM consumer_offset"))
                    .as("records read again")
                    .isZero();
            assertThat(metric(first, "lost")).isZero();
        }
    }

    @Test
    @DisplayName("C7 a static member comes back to its partitions without a rebalance")
    void aStaticMemberComesBackToItsPartitionsWithoutARebalance() {
        String jdbcUrl = SharedCluster.newDatabase();
        String[] settings = {
            "--pipeline.consumer.instance-id=stays",
            "--pipeline.consumer.shipments.membership.static-member=true",
            "--pipeline.consumer.shipments.membership.session-timeout=60s"
        };
        try (RunningService other =
                RunningService.start(
                        bootstrap,
                        jdbcUrl,
                        "static",
                        "--pipeline.consumer.instance-id=other",
                        settings[1],
                        settings[2])) {
            RunningService restarted = RunningService.start(bootstrap, jdbcUrl, "static", settings);
            await().atMost(DONE)
                    .until(() ->
                            partitionsOf(restarted) > 0
                                    && partitionsOf(restarted) + partitionsOf(other) == PARTITIONS);
            int before = partitionsOf(other);
            double moved = metric(other, "assigned") + metric(other, "revoked");
            restarted.close();
            try (RunningService again =
                    RunningService.start(bootstrap, jdbcUrl, "static", settings)) {
                await().atMost(DONE)
                        .until(() -> partitionsOf(again) + partitionsOf(other) == PARTITIONS);
                assertThat(partitionsOf(other)).isEqualTo(before);
                assertThat(metric(other, "assigned") + metric(other, "revoked"))
                        .as("partitions that came to the other or left it")
                        .isEqualTo(moved);
            }
        } finally {
            LeftMembers.remove(bootstrap, "shipments");
        }
    }

    private String typeOfGroup() throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap))) {
            return admin.describeConsumerGroups(List.of("shipments"))
                    .all()
                    .get(60, TimeUnit.SECONDS)
                    .values()
                    .iterator()
                    .next()
                    .type()
                    .toString();
        }
    }

    private static int partitionsOf(RunningService service) {
        return service.json("/listeners/shipments").path("partitions").size();
    }

    private static double metric(RunningService service, String event) {
        return service.get("/actuator/prometheus")
                .body()
                .lines()
                .filter(line ->
                        line.startsWith("pipeline_consumer_partitions_rebalanced_total{")
                                && line.contains("event=\"" + event + "\"")
                                && line.contains("group=\"shipments\""))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    private static long count(RunningService service, String query) {
        Long count = service.bean(JdbcTemplate.class).queryForObject(query, Long.class);
        return count == null ? 0 : count;
    }

    /** Orders that keep coming, to all partitions in turn. */
    private final class Orders implements AutoCloseable {

        private final String topic;
        private final Sender sender = new Sender(bootstrap, null);
        private final ExecutorService customer = Executors.newSingleThreadExecutor();
        private final AtomicBoolean sending = new AtomicBoolean(true);
        private final AtomicInteger sent = new AtomicInteger();
        private final Future<?> done;

        Orders(String environment) {
            topic = new TopicCatalogue(environment).name(PipelineTopic.ORDER_PLACED);
            done =
                    customer.submit(() -> {
                        await().atMost(DONE).ignoreExceptions().until(this::sendFirst);
                        while (sending.get()) {
                            send();
                        }
                    });
        }

        private boolean sendFirst() {
            send();
            return true;
        }

        private void send() {
            String id = "o-" + sent.get();
            sender.send(topic, sent.get() % 6, id, order(id, ALICE));
            sent.incrementAndGet();
        }

        void awaitStored(RunningService service, int more) {
            int target = sent.get() + more;
            await().atMost(DONE)
                    .until(() -> count(service, "SELECT count(*) FROM orders") >= target);
        }

        int stop() {
            sending.set(false);
            assertThat(done).succeedsWithin(DONE);
            return sent.get();
        }

        @Override
        public void close() {
            sending.set(false);
            customer.shutdownNow();
            sender.close();
        }
    }
}
