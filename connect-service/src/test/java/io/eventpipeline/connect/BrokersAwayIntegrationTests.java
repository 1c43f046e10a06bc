package io.eventpipeline.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.eventpipeline.localcluster.LocalKafka;
import io.eventpipeline.model.topic.PipelineTopic;
import io.eventpipeline.model.topic.TopicCatalogue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Brokers that are away neither end the service nor hold up its stop, and a clean stop doubles and
 * loses nothing. On a broker of its own.
 */
class BrokersAwayIntegrationTests {

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private static final Duration STOP_BOUND = Duration.ofSeconds(30);

    private static final String ENVIRONMENT = "away";
    private static final String LINES =
            new TopicCatalogue(ENVIRONMENT).name(PipelineTopic.LOG_LINE);

    @TempDir private Path machine;

    @Test
    void waitsForItsBrokersSaysSoAndBecomesReady() {
        try (LocalKafka kafka = LocalKafka.builder().dataFolder(machine.resolve("kafka")).build();
                RunningService service = start(kafka)) {
            await().atMost(PATIENCE)
                    .untilAsserted(() -> {
                        assertThat(service.readiness("worker").at("/status").asString())
                                .isEqualTo("OUT_OF_SERVICE");
                        assertThat(service.readiness("worker").at("/details/state").asString())
                                .isEqualTo("WAITING_FOR_BROKERS");
                        assertThat(service.readiness("worker").at("/details/reason").asString())
                                .contains("broker");
                    });
            assertThat(service.isReady()).isFalse();
            assertThat(service.actuator("/health/liveness").status()).isEqualTo(200);

            kafka.start();

            await().atMost(PATIENCE).until(service::isReady);
            assertThat(service.get("connectors").status()).isEqualTo(200);
        }
    }

    @Test
    void stopsWhileItWaitsForItsBrokers() {
        try (LocalKafka kafka = LocalKafka.builder().dataFolder(machine.resolve("kafka")).build()) {
            RunningService service = start(kafka);

            assertThat(durationOf(service::close)).isLessThan(STOP_BOUND);
        }
    }

    @Test
    void stopsInTimeAfterItsBrokersWereLost() {
        try (LocalKafka kafka = started()) {
            RunningService service = start(kafka);
            await().atMost(PATIENCE)
                    .until(() -> service.taskState("host-metrics").equals("RUNNING"));

            kafka.broker(1).kill();
            await().atMost(PATIENCE).until(() -> !service.isReady());
            assertThat(service.actuator("/health/liveness").status()).isEqualTo(200);

            assertThat(durationOf(service::close)).isLessThan(STOP_BOUND);
        }
    }

    @Test
    void isReadyAgainAfterItsBrokersCameBack() {
        try (LocalKafka kafka = started();
                RunningService service = start(kafka)) {
            await().atMost(PATIENCE).until(service::isReady);

            kafka.broker(1).kill();
            await().atMost(PATIENCE).until(() -> !service.isReady());
            kafka.broker(1).start();

            await().atMost(PATIENCE).until(service::isReady);
            await().atMost(PATIENCE)
                    .until(() -> service.taskState("host-metrics").equals("RUNNING"));
        }
    }

    @Test
    void doublesAndLosesNothingByACleanStop() throws IOException {
        Path files = Files.createDirectories(machine.resolve("files"));
        Path in = files.resolve("in.txt");
        Path out = files.resolve("out.txt");
        List<String> lines = IntStream.range(0, 2_000).mapToObj(i -> "line " + i).toList();
        Files.write(in, lines.subList(0, 1_000));
        try (LocalKafka kafka = started()) {
            try (RunningService service = start(kafka)) {
                await().atMost(PATIENCE).until(service::isReady);
                service.put("connectors/in/config", RunningService.fileSource(in, LINES));
                service.put("connectors/out/config", RunningService.fileSink(out, LINES));
                await().atMost(PATIENCE).until(() -> linesOf(out).size() >= 1_000);
                assertThat(durationOf(service::close)).isLessThan(STOP_BOUND);
            }
            Files.write(in, lines);
            try (RunningService service = start(kafka)) {
                await().atMost(PATIENCE).until(() -> linesOf(out).size() >= lines.size());
                assertThat(linesOf(out)).containsExactlyInAnyOrderElementsOf(lines);
                assertThat(service.isReady()).isTrue();
            }
        }
    }

    private LocalKafka started() {
        return LocalKafka.builder().dataFolder(machine.resolve("kafka")).build().start();
    }

    private RunningService start(LocalKafka kafka) {
        return new RunningService(kafka.bootstrapServers(), ENVIRONMENT, machine.resolve("files"));
    }

    private static List<String> linesOf(Path file) throws IOException {
        return Files.exists(file) ? Files.readAllLines(file) : List.of();
    }

    private static Duration durationOf(Runnable work) {
        Instant before = Instant.now();
        work.run();
        return Duration.between(before, Instant.now());
    }
}
