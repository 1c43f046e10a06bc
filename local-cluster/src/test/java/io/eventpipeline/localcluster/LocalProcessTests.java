package io.eventpipeline.localcluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Signals reach the process and its children, and nothing waits for ever. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "sends POSIX signals to shell scripts")
class LocalProcessTests {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir private Path folder;

    @Test
    void outputGoesToTheLogAndTheExitCodeIsKnown() {
        LocalProcess process = shell("echo ready; echo trouble >&2; exit 3").start();
        awaitEnd(process);

        assertThat(process.exitCode()).hasValue(3);
        assertThat(process.lastLogLines(10)).containsExactly("ready", "trouble");
        assertThat(process.lastLogLines(1)).containsExactly("trouble");
    }

    @Test
    void stopLetsTheProcessTidyUp() {
        try (LocalProcess process =
                shell("trap 'echo tidied; exit 0' TERM; echo ready; while :; do sleep 0.1; done")
                        .start()) {
            awaitLine(process, "ready");

            assertThat(process.stop(PATIENCE)).isTrue();
            assertThat(process.lastLogLines(1)).containsExactly("tidied");
        }
    }

    @Test
    void stopKillsWhatDoesNotEnd() {
        try (LocalProcess process =
                shell("trap '' TERM; echo ready; while :; do sleep 0.1; done").start()) {
            awaitLine(process, "ready");

            assertThat(process.stop(Duration.ofMillis(300))).isFalse();
            assertThat(process.isAlive()).isFalse();
        }
    }

    @Test
    void killTakesTheChildrenAlongEvenWhenSuspended() {
        try (LocalProcess process = shell("sleep 1000 & echo $!; wait").start()) {
            Awaitility.await().atMost(PATIENCE).until(() -> !process.lastLogLines(1).isEmpty());
            long child = Long.parseLong(process.lastLogLines(1).getFirst());
            process.suspend();

            process.kill();

            // Nobody may have waited for it yet: then it is a zombie for a moment.
            Awaitility.await()
                    .atMost(PATIENCE)
                    .until(() -> ProcessHandle.of(child).filter(ProcessHandle::isAlive).isEmpty());
        }
    }

    @Test
    void suspendedProcessStandsStillUntilItIsResumed() {
        try (LocalProcess process = shell("while :; do echo tick; sleep 0.05; done").start()) {
            awaitLine(process, "tick");
            // The kernel stops and wakes a process a moment after the signal was sent.
            process.suspend();
            Awaitility.await().atMost(PATIENCE).until(() -> state(process) == 'T');

            process.resume();
            Awaitility.await().atMost(PATIENCE).until(() -> state(process) != 'T');
        }
    }

    @Test
    void sameProcessStartsAgainAfterItsEnd() {
        LocalProcess process = shell("echo run").start();
        awaitEnd(process);
        process.start();
        awaitEnd(process);

        assertThat(process.lastLogLines(10)).containsExactly("run", "run");
    }

    @Test
    void programThatDoesNotExistIsNamedInTheLog() {
        LocalProcess process =
                LocalProcess.builder("ghost")
                        .command("/no/such/program")
                        .logFile(folder.resolve("ghost.log"))
                        .start();
        awaitEnd(process);

        assertThat(process.exitCode().orElse(0)).isNotZero();
        assertThat(String.join("\n", process.lastLogLines(5))).contains("/no/such/program");
    }

    @Test
    void processWithoutCommandIsRefused() {
        assertThatThrownBy(
                        () -> LocalProcess.builder("nothing").logFile(folder.resolve("l")).build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("nothing");
    }

    private LocalProcess shell(String script) {
        return LocalProcess.builder("script")
                .command("/bin/sh", "-c", script)
                .logFile(folder.resolve("script.log"))
                .build();
    }

    private static void awaitEnd(LocalProcess process) {
        Awaitility.await().atMost(PATIENCE).until(() -> !process.isAlive());
    }

    private static void awaitLine(LocalProcess process, String line) {
        Awaitility.await().atMost(PATIENCE).until(() -> process.lastLogLines(5).contains(line));
    }

    private static char state(LocalProcess process) throws IOException {
        String stat = Files.readString(Path.of("/proc/" + process.pid() + "/stat"));
        return stat.charAt(stat.lastIndexOf(')') + 2);
    }
}
