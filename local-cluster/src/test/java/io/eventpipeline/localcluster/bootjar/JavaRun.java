package io.eventpipeline.localcluster.bootjar;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventpipeline.localcluster.LocalProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A JVM that has ended well.
 *
 * @param said all that it wrote to standard output and error
 */
record JavaRun(List<String> said) {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /** Starts a jar as services are started. */
    static JavaRun of(Path log, UnpackedJar jar, String... options) {
        List<String> command = new ArrayList<>();
        command.add(LocalProcess.javaExecutable());
        command.add("-XX:+UseSerialGC");
        command.addAll(List.of(options));
        command.addAll(jar.arguments());
        LocalProcess process = LocalProcess.builder("a run").command(command).logFile(log).start();
        assertThat(process.awaitEnd(PATIENCE)).isTrue();
        List<String> said = process.lastLogLines(1000);
        assertThat(process.exitCode()).as(String.join("\n", said)).hasValue(0);
        return new JavaRun(said);
    }
}
