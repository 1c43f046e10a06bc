package io.eventpipeline.connect;

import io.eventpipeline.localcluster.LocalProcess;
import io.eventpipeline.localcluster.SharedCluster;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * A worker that is killed (SIGKILL) while it synchronises two databases loses and doubles nothing.
 * Takes a minute, so it runs with {@code -Dconnect.worker-kills=1} or more, which is how often.
 */
@EnabledIfSystemProperty(named = "connect.worker-kills", matches = "[1-9][0-9]*")
class DatabaseSynchronisationKillsIntegrationTests {

    private static final int KILLS = Integer.getInteger("connect.worker-kills", 1);
    private static final int ROWS = 300;
    private static final String ENVIRONMENT = "synckills";

    @Test
    void aKilledWorkerLosesAndDoublesNothing(@TempDir Path machine) {
        String kafka = SharedCluster.kafka().bootstrapServers();
        try (SynchronisedDatabases databases =
                        new SynchronisedDatabases(ENVIRONMENT, kafka, machine);
                LocalProcess worker = worker(databases, kafka, machine)) {
            databases.source().insert(1, "there before");
            worker.start();
            databases.awaitName(1, "there before");

            for (int kill = 1; kill <= KILLS; kill++) {
                int first = kill * 10_000;
                databases.insert(first, ROWS / 3);
                worker.kill();
                databases.insert(first + ROWS / 3, ROWS / 3);
                databases.source().delete(first);
                worker.start();
                Instant restarted = Instant.now();
                databases.insert(first + ROWS * 2 / 3, ROWS / 3);

                databases.assertCaughtUpAfter(restarted);
                databases.assertEachInsertIsOneEvent(first, ROWS);
            }
        }
    }

    private static LocalProcess worker(
            SynchronisedDatabases databases, String kafka, Path machine) {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                LocalProcess.javaExecutable(),
                                "-Xmx192m",
                                "-XX:+UseSerialGC",
                                "-XX:TieredStopAtLevel=1",
                                "--enable-native-access=ALL-UNNAMED",
                                "-Dslf4j.provider=org.apache.logging.slf4j.SLF4JServiceProvider",
                                "-Dorg.springframework.boot.logging.LoggingSystem=org.springframework"
                                    + ".boot.logging.log4j2.Log4J2LoggingSystem",
                                "-cp",
                                System.getProperty("java.class.path"),
                                ConnectServiceApplication.class.getName(),
                                "--spring.kafka.bootstrap-servers=" + kafka,
                                "--pipeline.environment=" + ENVIRONMENT,
                                "--pipeline.connect.files=" + machine.resolve("files"),
                                "--pipeline.connect.plugin-path=../connect-plugins/target/plugins",
                                "--pipeline.connect.rest-port=0",
                                "--server.port=0"));
        command.addAll(List.of(databases.settings(machine.resolve("declared"))));
        return LocalProcess.builder("connect-service")
                .command(command)
                .logFile(machine.resolve("connect-service.log"))
                .build();
    }
}
