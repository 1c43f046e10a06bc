package io.eventpipeline.standalone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command line's exit statuses and its one-line refusals. */
class PipelineCommandTests {

    @TempDir private Path folder;
    private final StringWriter err = new StringWriter();

    @Test
    void unknownCommandIsAUsageError() {
        assertThat(run("dance")).isEqualTo(2);
        assertThat(err.toString()).contains("dance");
    }

    @Test
    void statusOfNothingIsThree() {
        assertThat(run("status", "--data", folder.toString())).isEqualTo(3);
    }

    @Test
    void downOfNothingSaysSo() {
        assertThat(run("down", "--data", folder.toString())).isEqualTo(1);
        assertThat(err.toString()).isEqualToIgnoringNewLines("The pipeline is not running.");
    }

    @Test
    void twoBrokersAreRefused() {
        assertThat(run("up", "--brokers", "2", "--data", folder.toString())).isEqualTo(1);
        assertThat(err.toString()).isEqualToIgnoringNewLines("--brokers is 1 or 3, not 2.");
    }

    @Test
    void resetWithoutYesAsksAndNobodyIsThere() throws Exception {
        Path kafka = Files.createDirectories(folder.resolve("kafka"));

        assertThat(run("reset", "--data", folder.toString())).isEqualTo(1);
        assertThat(err.toString()).contains("--yes");
        assertThat(kafka).exists();

        assertThat(run("reset", "--yes", "--data", folder.toString())).isZero();
        assertThat(kafka).doesNotExist();
    }

    @Test
    void logsOfSomethingUnknownListsWhatThereIs() throws Exception {
        Files.createDirectories(folder.resolve("logs"));
        Files.writeString(folder.resolve("logs").resolve("broker-1.log"), "started\n");

        assertThat(run("logs", "reporter", "--data", folder.toString())).isEqualTo(1);
        assertThat(err.toString()).contains("broker-1");
        assertThat(run("logs", "kafka", "--data", folder.toString())).isZero();
    }

    @Test
    void topicsWithoutKafkaSaysWhatToDo() {
        assertThat(run("topics", "--bootstrap-servers", "127.0.0.1:1")).isEqualTo(1);
        assertThat(err.toString()).contains("127.0.0.1:1").contains("./pipeline up");
    }

    @Test
    void streamsResetWithoutKafkaSaysWhatToDo() {
        assertThat(
                        run(
                                "streams",
                                "reset",
                                "--bootstrap-servers",
                                "127.0.0.1:1",
                                "--data",
                                folder.toString()))
                .isEqualTo(1);
        assertThat(err.toString()).contains("No Kafka answers").contains("./pipeline up");
    }

    @Test
    void verifyProduceWithoutServiceFails() {
        assertThat(
                        run(
                                "verify-produce",
                                "--url",
                                "http://127.0.0.1:1",
                                "--count",
                                "1",
                                "--retry-for",
                                "0"))
                .isEqualTo(1);
    }

    @Test
    void verifyConsumeWithoutKafkaSaysThatNothingWasChecked() {
        assertThat(run("verify-consume", "--bootstrap-servers", "127.0.0.1:1", "--timeout", "1"))
                .isEqualTo(1);
        assertThat(err.toString()).contains("Not checked").contains("127.0.0.1:1");
    }

    @Test
    void wrongOptionIsNamed() {
        assertThat(run("perf-produce", "--batch", "0")).isEqualTo(1);
        assertThat(err.toString()).contains("--batch is between 1 and");
        assertThat(run("verify-produce", "--acks", "some")).isEqualTo(1);
        assertThat(err.toString()).contains("--acks is all, 1, 0 or profile, not some.");
    }

    private int run(String... arguments) {
        return PipelineCommand.commandLine().setErr(new PrintWriter(err, true)).execute(arguments);
    }
}
