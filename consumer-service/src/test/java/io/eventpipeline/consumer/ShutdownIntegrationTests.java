package io.eventpipeline.consumer;

import static io.eventpipeline.consumer.TestEvents.ALICE;
import static io.eventpipeline.consumer.TestEvents.order;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.eventpipeline.localcluster.SharedCluster;
import io.eventpipeline.model.topic.PipelineTopic;
import io.eventpipeline.model.topic.TopicCatalogue;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * An instance that is asked to end finishes its batch and leaves the group: the other one has its
 * partitions long before a session ends, and nothing is read twice. Test of seed row C5, with a
 * real SIGTERM on a process under load.
 */
class ShutdownIntegrationTests {

    private static final Duration DONE = Duration.ofMinutes(2);
    private static final int PARTITIONS = 18;

    /** Longer than all waits here: who takes over before it ends was told that the other left. */
    private static final String SESSION =
            "--pipeline.consumer.shipments.membership.session-timeout=";

    private final String bootstrap = SharedCluster.kafka().bootstrapServers();
    private final String jdbcUrl = SharedCluster.newDatabase();
    private final String topic = new TopicCatalogue("shutdown").name(PipelineTopic.ORDER_PLACED);

    @Test
    @DisplayName("C5 SIGTERM finishes and commits what is in hand and leaves the group at once")
    void leavesTheGroupAtOnceAndNothingIsReadTwice(@TempDir Path folder) throws Exception {
        try (RunningService stays =
                        RunningService.start(
                                bootstrap,
                                jdbcUrl,
                                "shutdown",
                                "--pipeline.consumer.instance-id=stays",
                                SESSION + "300s");
                Sender sender = new Sender(bootstrap, null);
                ServiceProcess leaves =
                        ServiceProcess.start(
                                folder.resolve("leaves.log"),
                                bootstrap,
                                jdbcUrl,
                                "shutdown",
                                "--pipeline.consumer.instance-id=leaves",
                                SESSION + "300s");
                ExecutorService customers = Executors.newSingleThreadExecutor()) {
            await().atMost(DONE)
                    .until(() -> partitionsOf(stays) > 0 && partitionsOf(stays) < PARTITIONS);
            AtomicBoolean sending = new AtomicBoolean(true);
            AtomicInteger sent = new AtomicInteger();
            Future<?> customer =
                    customers.submit(() -> {
                        while (sending.get()) {
                            String id = "o-" + sent.get();
                            sender.send(topic, sent.get() % 6, id, order(id, ALICE));
                            sent.incrementAndGet();
                        }
                    });
            await().atMost(DONE).until(() -> count(stays, "SELECT count(*) FROM orders") > 50);

            long begin = System.nanoTime();
            leaves.terminate();
            await().atMost(DONE)
                    .pollInterval(Duration.ofMillis(20))
                    .until(() -> partitionsOf(stays) == PARTITIONS);
            Duration taken = Duration.ofNanos(System.nanoTime() - begin);
            assertThat(leaves.ends(DONE)).isTrue();

            sending.set(false);
            assertThat(customer).succeedsWithin(DONE);
            await().atMost(DONE)
                    .until(() -> count(stays, "SELECT count(*) FROM orders") == sent.get());
            assertThat(count(stays, "SELECT sum(repeats_dropped) FROM consumer_offset"))
                    .as("records read twice")
                    .isZero();
            assertThat(count(stays, "SELECT sum(rows_stored) FROM consumer_offset"))
                    .isEqualTo(sent.get());
            System.out.printf(
                    "The other member had all partitions %d ms after SIGTERM%n", taken.toMillis());
        }
    }

    private static int partitionsOf(RunningService service) {
        return service.json("/listeners/shipments").path("partitions").size();
    }

    private static long count(RunningService service, String query) {
        Long count = service.bean(JdbcTemplate.class).queryForObject(query, Long.class);
        return count == null ? 0 : count;
    }
}
