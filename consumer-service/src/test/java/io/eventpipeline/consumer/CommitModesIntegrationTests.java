package io.eventpipeline.consumer;

import static io.eventpipeline.consumer.CommitModesCrash.BATCH;
import static io.eventpipeline.consumer.CommitModesCrash.BEFORE;
import static io.eventpipeline.consumer.CommitModesCrash.DONE;
import static io.eventpipeline.consumer.CommitModesCrash.count;
import static io.eventpipeline.consumer.CommitModesCrash.stored;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.eventpipeline.consumer.CommitModesCrash.Crashed;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/**
 * C2: what each way of committing reads again after a crash, and that the table is right all the
 * same. Processes, one of each mode, are killed when the rows of a batch are stored and nothing
 * more can be committed to Kafka, because the one broker is dead at that moment.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CommitModesIntegrationTests {

    private CommitModesCrash crash;

    @BeforeAll
    void crash(@TempDir Path folder) throws Exception {
        crash = new CommitModesCrash(folder);
        crash.happen();
    }

    @AfterAll
    void stop() {
        crash.close();
    }

    @ParameterizedTest(name = "{0}")
    @FieldSource("io.eventpipeline.consumer.CommitModesCrash#MODES")
    @DisplayName("C2 what a mode did not commit is read again after a crash, and stored once")
    void readsAgainAfterACrashWhatItsModeDidNotCommit(String mode) throws Exception {
        Crashed before = crash.of(mode);
        // A rebalance would commit too, so the interval does not say it alone.
        assertThat(before.committed()).isBetween(mode.equals("auto") ? 0L : BEFORE, (long) BEFORE);

        RunningService again =
                RunningService.start(
                        crash.bootstrapServers(),
                        before.jdbcUrl(),
                        mode,
                        "--pipeline.consumer.instance-id=again",
                        "--pipeline.consumer.shipments.commits.mode=" + mode,
                        "--pipeline.consumer.shipments.commits.interval=1h");
        double readAgain;
        try (again) {
            await().atMost(DONE).until(() -> readBy(again) >= expectedReads(mode, before));
            await().atMost(DONE).until(() -> stored(before.database()) == BEFORE + BATCH);
            readAgain = repeats(again);
            if (!mode.equals("auto")) {
                // Behind the last record lies the marker of its transaction.
                await().atMost(DONE).until(() -> crash.committed(mode) >= BEFORE + BATCH);
            }
        }

        assertThat(readAgain)
                .as("%s: stored %d, committed %d", mode, before.stored(), before.committed())
                .isEqualTo(
                        mode.equals("transactional")
                                ? 0.0
                                : (double) (before.stored() - before.committed()));
        if (mode.equals("sync-record")) {
            // More than one only if the commit failed before the process was killed.
            assertThat(readAgain).as("records without a commit").isPositive();
        } else if (!mode.equals("transactional")) {
            assertThat(before.stored()).as("a whole batch was in hand").isEqualTo(15);
        }
        assertThat(count(before.database(), "SELECT count(DISTINCT event_id) FROM orders"))
                .as("rows, each event once")
                .isEqualTo(BEFORE + BATCH);
        if (mode.equals("auto")) {
            // Its interval is an hour, so it commits when it ends.
            await().atMost(DONE).until(() -> crash.committed(mode) >= BEFORE + BATCH);
        }
    }

    /** What a member has to read after the crash until nothing is left. */
    private static double expectedReads(String mode, Crashed before) {
        int all = BEFORE + BATCH;
        return all - (mode.equals("transactional") ? before.stored() : before.committed());
    }

    private static double readBy(RunningService service) {
        return metric(service, "pipeline_consumer_rows_written_total{") + repeats(service);
    }

    private static double repeats(RunningService service) {
        return metric(service, "pipeline_consumer_repeats_dropped_total{");
    }

    private static double metric(RunningService service, String name) {
        return service.get("/actuator/prometheus")
                .body()
                .lines()
                .filter(line -> line.startsWith(name) && line.contains("group=\"shipments\""))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }
}
