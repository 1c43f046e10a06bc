package io.eventpipeline.consumer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.eventpipeline.consumer.archive.ArchivedTopics;
import io.eventpipeline.localcluster.SharedCluster;
import io.eventpipeline.model.archive.ArchiveCheck;
import io.eventpipeline.model.topic.PipelineTopic;
import io.eventpipeline.model.topic.TopicCatalogue;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * C1, C3, F6: each offset is in the archive once although one of two instances is killed, comes
 * back, and the other is frozen for longer than its session and wakes up with a file in hand. Under
 * load, on one broker, with two processes and without PostgreSQL.
 */
class ArchiveCrashIntegrationTests {

    private static final Duration MOVED = Duration.ofMinutes(2);
    private static final String ENVIRONMENT = "archive-crash";
    private static final int PARTITIONS = 12;
    private static final int RECORDS_AT_ONCE = 20;

    @TempDir private Path temporary;
    private final String bootstrap = SharedCluster.kafka().bootstrapServers();
    private final TopicCatalogue catalogue = new TopicCatalogue(ENVIRONMENT);
    private final List<String> topics =
            List.of(
                    catalogue.name(PipelineTopic.ORDER_PLACED),
                    catalogue.name(PipelineTopic.PRODUCT_LISTED),
                    catalogue.name(PipelineTopic.LOG_LINE));
    private final AtomicInteger sent = new AtomicInteger();
    private int next;

    @Test
    @DisplayName("C1, C3, C6 several processes divide the partitions, through kills and freezes")
    void holdsEachOffsetOnceThroughKillsFreezesAndRebalances() {
        Path folder = temporary.resolve("archive");
        try (ServiceInProcess one = instance("one", folder);
                ServiceInProcess two = instance("two", folder);
                Sender sender = new Sender(bootstrap, null);
                ScheduledExecutorService load = Executors.newSingleThreadScheduledExecutor()) {
            one.start();
            two.start();
            await().atMost(MOVED)
                    .until(() -> one.archivePartitions() + two.archivePartitions() == PARTITIONS);
            ScheduledFuture<?> sending =
                    load.scheduleAtFixedRate(() -> send(sender), 0, 50, TimeUnit.MILLISECONDS);
            await().atMost(MOVED)
                    .until(() -> one.archivePartitions() > 0 && two.archivePartitions() > 0);
            awaitProgress(folder);

            one.kill();
            await().atMost(MOVED).until(() -> two.archivePartitions() == PARTITIONS);
            awaitProgress(folder);
            one.start();
            await().atMost(MOVED).until(() -> one.archivePartitions() > 0);
            awaitProgress(folder);

            two.suspend();
            await().atMost(MOVED).until(() -> one.archivePartitions() == PARTITIONS);
            awaitProgress(folder);
            two.resume();
            await().atMost(MOVED)
                    .until(() ->
                            two.archivePartitions() > 0
                                    && two.archivePartitions() + one.archivePartitions()
                                            == PARTITIONS);
            awaitProgress(folder);

            sending.cancel(false);
            ArchivedTopics archived =
                    new ArchivedTopics(bootstrap, folder, topics.toArray(String[]::new));
            await().atMost(MOVED).untilAsserted(archived::assertArchivedOnce);
            ArchiveCheck check = ArchiveCheck.of(folder);
            assertThat(check.records()).isGreaterThanOrEqualTo(sent.get());
            System.out.printf(
                    "Sent %d records; %d in %d files; refused %d + %d%n",
                    sent.get(),
                    check.records(),
                    check.files(),
                    one.count("pipeline_consumer_zombie_writes_refused_total"),
                    two.count("pipeline_consumer_zombie_writes_refused_total"));
        }
    }

    /** All that was sent until now is archived, and more comes. */
    private void awaitProgress(Path folder) {
        int before = sent.get();
        await().atMost(MOVED).until(() -> ArchiveCheck.of(folder).records() > before);
    }

    private ServiceInProcess instance(String name, Path folder) {
        return new ServiceInProcess(
                "archive-" + name,
                temporary,
                List.of(
                        "--spring.kafka.bootstrap-servers=" + bootstrap,
                        "--spring.datasource.url=jdbc:postgresql://127.0.0.1:1/none",
                        "--spring.kafka.consumer.heartbeat-interval=1s",
                        "--spring.kafka.consumer.properties.session.timeout.ms=6000",
                        "--pipeline.environment=" + ENVIRONMENT,
                        "--pipeline.consumer.archive.topics=order-placed,product-listed,log-line",
                        "--pipeline.consumer.archive.folder=" + folder,
                        "--pipeline.consumer.archive.max-age=1s",
                        "--pipeline.consumer.archive.max-size=4KB"));
    }

    /** Counts what is stored, so that nothing is waited for that was not. */
    private void send(Sender sender) {
        for (int i = 0; i < RECORDS_AT_ONCE; i++) {
            int number = next++;
            var _ =
                    sender.producer()
                            .send(
                                    new ProducerRecord<>(
                                            topics.get(number % topics.size()),
                                            number % 3,
                                            null,
                                            ("line " + number).getBytes(UTF_8)),
                                    (stored, failure) -> {
                                        if (failure == null) {
                                            sent.incrementAndGet();
                                        }
                                    });
        }
    }
}
