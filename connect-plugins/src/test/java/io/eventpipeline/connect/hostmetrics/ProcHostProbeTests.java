package io.eventpipeline.connect.hostmetrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The arithmetic of {@code /proc}, on figures whose result is known. */
class ProcHostProbeTests {

    @TempDir private Path proc;

    @Test
    void countsTheLoadFromOneLookToTheNext() throws IOException {
        stat("cpu  100 0 100 700 100 0 0 0 50 0");
        memory();
        ProcHostProbe probe = new ProcHostProbe(proc);

        // 60 busy (user, system) and 40 idle (idle, waiting for a disk) ticks more.
        stat("cpu  140 0 120 730 110 0 0 0 90 0");

        assertThat(probe.measure().cpuLoad()).isEqualTo(0.6, within(1e-9));
    }

    @Test
    void keepsTheLoadWhereNoTimeHasPassed() throws IOException {
        stat("cpu  0 0 0 0 0 0 0 0 0 0");
        memory();
        ProcHostProbe probe = new ProcHostProbe(proc);
        stat("cpu  25 0 0 75 0 0 0 0 0 0");

        assertThat(probe.measure().cpuLoad()).isEqualTo(0.25, within(1e-9));
        assertThat(probe.measure().cpuLoad()).isEqualTo(0.25, within(1e-9));
    }

    @Test
    void staysWithinBoundsWhenACounterGoesBack() throws IOException {
        stat("cpu  0 0 0 0 100 0 0 0 0 0");
        memory();
        ProcHostProbe probe = new ProcHostProbe(proc);
        stat("cpu  110 0 0 0 90 0 0 0 0 0");

        assertThat(probe.measure().cpuLoad()).isEqualTo(1.0);
    }

    @Test
    void doesNotCountThePageCacheAsUsed() throws IOException {
        stat("cpu  0 0 0 0 0 0 0 0 0 0");
        memory();

        Measurement measurement = new ProcHostProbe(proc).measure();

        assertThat(measurement.memoryTotalBytes()).isEqualTo(1000 * 1024);
        assertThat(measurement.memoryUsedBytes()).isEqualTo(200 * 1024);
    }

    @Test
    void namesTheLineThatIsMissing() throws IOException {
        stat("cpu  0 0 0 0 0 0 0 0 0 0");
        Files.writeString(proc.resolve("meminfo"), "MemTotal:       1000 kB\n");
        ProcHostProbe probe = new ProcHostProbe(proc);

        assertThatThrownBy(probe::measure)
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("MemAvailable");
    }

    @Test
    void leavesMachinesWithoutProcToThePlatform() {
        Measurement platform = new PlatformHostProbe().measure();

        assertThat(platform.memoryTotalBytes()).isPositive();
        assertThat(platform.memoryUsedBytes()).isBetween(1L, platform.memoryTotalBytes());
        assertThat(platform.cpuLoad()).isBetween(0.0, 1.0);
    }

    private void stat(String allProcessors) throws IOException {
        Files.writeString(proc.resolve("stat"), allProcessors + "\ncpu0 1 1 1 1 1 1 1 1 1 1\n");
    }

    private void memory() throws IOException {
        Files.writeString(
                proc.resolve("meminfo"),
                """
                MemTotal:       1000 kB
                MemFree:         100 kB
                MemAvailable:    800 kB
                """);
    }
}
