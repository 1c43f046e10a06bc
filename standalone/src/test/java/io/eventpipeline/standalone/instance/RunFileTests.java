package io.eventpipeline.standalone.instance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One instance a folder, and no belief in what a dead one left behind. */
class RunFileTests {

    @TempDir private Path folder;

    @Test
    void secondInstanceIsRefusedUntilTheFirstHasEnded() {
        DataFolder data = new DataFolder(folder);
        try (RunFile first = RunFile.acquire(data)) {
            first.state(RunFile.State.UP);
            assertThat(RunFile.isLocked(data)).isTrue();
            assertThatThrownBy(() -> RunFile.acquire(data))
                    .isInstanceOf(PipelineException.class)
                    .hasMessageContaining("running already");
        }
        assertThat(RunFile.isLocked(data)).isFalse();
        RunFile.acquire(data).close();
    }

    @Test
    void processesAreReadBack() {
        DataFolder data = new DataFolder(folder);
        long self = ProcessHandle.current().pid();
        try (RunFile file = RunFile.acquire(data)) {
            file.put("producer-service", self);
            file.state(RunFile.State.UP);

            assertThat(RunFile.read(data))
                    .hasValueSatisfying(snapshot -> {
                        assertThat(snapshot.state()).isEqualTo(RunFile.State.UP);
                        assertThat(snapshot.processes())
                                .containsOnlyKeys("supervisor", "producer-service");
                    });
        }
        assertThat(RunFile.read(data)).isEmpty();
    }

    @Test
    void numberThatBelongsToAnotherProcessByNowIsNotBelieved() throws IOException {
        DataFolder data = new DataFolder(folder);
        Files.createDirectories(data.run());
        Files.writeString(
                data.run().resolve("instance.properties"),
                "state=UP\nprocess.supervisor=%d 2001-01-01T00:00:00Z\n"
                        .formatted(ProcessHandle.current().pid()));

        assertThat(RunFile.read(data))
                .hasValueSatisfying(snapshot -> assertThat(snapshot.supervisor()).isEmpty());
    }
}
