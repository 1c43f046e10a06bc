package io.eventpipeline.localcluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Nothing is left running when the parent dies: proved on a parent JVM of its own that is killed
 * with SIGKILL while it holds a broker, a PostgreSQL and a child frozen by SIGSTOP.
 */
class ParentDeathIntegrationTests {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir private Path folder;

    @Test
    void nothingRunsAndNothingIsLeftAfterTheParentWasKilled() throws IOException {
        Process parent =
                new ProcessBuilder(
                                LocalProcess.javaExecutable(),
                                "-XX:+UseSerialGC",
                                "-XX:TieredStopAtLevel=1",
                                "-cp",
                                System.getProperty("java.class.path"),
                                ParentJvm.class.getName(),
                                folder.resolve("frozen.log").toString())
                        .redirectError(folder.resolve("parent.log").toFile())
                        .start();
        try (BufferedReader said = parent.inputReader()) {
            List<ProcessHandle> children = new ArrayList<>();
            String started = said.readLine();
            assertThat(started).as(Files.readString(folder.resolve("parent.log"))).isNotNull();
            for (String pid : started.replace("started ", "").split(" ", -1)) {
                ProcessHandle.of(Long.parseLong(pid))
                        .ifPresent(child ->
                                Stream.concat(Stream.of(child), child.descendants())
                                        .forEach(children::add));
            }
            Path brokerLog = Path.of(said.readLine().replace("folder ", ""));
            // Three children, PostgreSQL's processes and the frozen one's.
            assertThat(children).hasSizeGreaterThan(6).allMatch(ProcessHandle::isAlive);
            assertThat(brokerLog).exists();

            parent.destroyForcibly();

            Awaitility.await("the end of every child")
                    .atMost(PATIENCE)
                    .until(() -> children.stream().noneMatch(ProcessHandle::isAlive));
            Awaitility.await("the end of the temporary folder")
                    .atMost(PATIENCE)
                    .until(() -> !Files.exists(brokerLog.getParent()));
        } finally {
            parent.destroyForcibly();
        }
    }
}
