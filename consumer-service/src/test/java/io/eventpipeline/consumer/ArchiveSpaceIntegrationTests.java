package io.eventpipeline.consumer;

import static io.eventpipeline.consumer.TestEvents.ALICE;
import static io.eventpipeline.consumer.TestEvents.order;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.eventpipeline.consumer.archive.ArchivedTopics;
import io.eventpipeline.localcluster.SharedCluster;
import io.eventpipeline.model.archive.ArchiveFile;
import io.eventpipeline.model.topic.PipelineTopic;
import io.eventpipeline.model.topic.TopicCatalogue;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.unit.DataSize;
import tools.jackson.databind.JsonNode;

/**
 * Where the disk is too full, by its setting, the archive waits and says why, nobody else notices,
 * and nothing is missing when there is space again.
 */
class ArchiveSpaceIntegrationTests {

    private static final Duration DONE = Duration.ofSeconds(90);

    private final String bootstrap = SharedCluster.kafka().bootstrapServers();
    private final String jdbcUrl = SharedCluster.newDatabase();
    private final TopicCatalogue catalogue = new TopicCatalogue("archive-space");
    private final String orders = catalogue.name(PipelineTopic.ORDER_PLACED);

    @Test
    void waitsForSpaceAndLosesNothing(@TempDir Path folder) {
        try (Sender sender = new Sender(bootstrap, null)) {
            // More than any disk has.
            try (RunningService service =
                    start(
                            folder,
                            "--pipeline.consumer.archive.min-free="
                                    + DataSize.ofTerabytes(1 << 20).toBytes()
                                    + "B")) {
                for (int i = 0; i < 20; i++) {
                    sender.send(orders, "o-" + i, order("o-" + i, ALICE));
                }
                await().atMost(DONE)
                        .untilAsserted(() -> {
                            JsonNode archive = details(service, "archive");
                            assertThat(archive.path("state").stringValue(""))
                                    .isEqualTo("suspended");
                            assertThat(archive.path("reason").stringValue(""))
                                    .contains("pipeline.consumer.archive.min-free");
                        });
                await().atMost(DONE).until(() -> service.get("/orders/o-19").statusCode() == 200);
                assertThat(details(service, "shipments").path("state").stringValue(""))
                        .isEqualTo("running");
                assertThat(service.get("/actuator/health/readiness").statusCode()).isEqualTo(200);
                assertThat(ArchiveFile.findAll(folder)).isEmpty();
            }
            try (RunningService _ = start(folder)) {
                ArchivedTopics archived = new ArchivedTopics(bootstrap, folder, orders);
                await().atMost(DONE).untilAsserted(archived::assertArchivedOnce);
            }
        }
    }

    private RunningService start(Path folder, String... more) {
        String[] settings = new String[more.length + 2];
        settings[0] = "--pipeline.consumer.archive.folder=" + folder;
        settings[1] = "--pipeline.consumer.archive.max-age=300ms";
        System.arraycopy(more, 0, settings, 2, more.length);
        return RunningService.start(bootstrap, jdbcUrl, catalogue.environment(), settings);
    }

    private static JsonNode details(RunningService service, String listener) {
        return service.json("/actuator/health").at("/components/listeners/details/" + listener);
    }
}
