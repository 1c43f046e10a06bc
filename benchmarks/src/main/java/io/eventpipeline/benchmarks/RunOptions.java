package io.eventpipeline.benchmarks;

import io.eventpipeline.benchmarks.processes.BenchmarkException;
import io.eventpipeline.benchmarks.report.Figures;
import io.eventpipeline.benchmarks.report.FiguresReport;
import io.eventpipeline.benchmarks.report.Machine;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of all runs over a service that reads: which build, how often, and where to. */
final class RunOptions {

    @Option(
            names = "--service-jar",
            paramLabel = "FILE",
            description = "another build of the service")
    private @Nullable Path jar;

    @Option(
            names = "--service-jvm-option",
            paramLabel = "OPTION",
            description = "one more option of its JVM; may be repeated")
    private List<String> jvmOptions = new ArrayList<>();

    @Option(
            names = "--set",
            paramLabel = "PROPERTY=VALUE",
            description =
                    "a setting of the service that differs from what is shipped; may be repeated")
    private List<String> settings = new ArrayList<>();

    @Option(
            names = "--rounds",
            defaultValue = "3",
            description = "how often everything is measured; ${DEFAULT-VALUE} if not given")
    private int rounds;

    @Option(
            names = "--warm-up-rounds",
            defaultValue = "1",
            description =
                    "how many more come before and are not counted; ${DEFAULT-VALUE} if not given")
    private int warmUpRounds;

    @Option(
            names = "--out",
            paramLabel = "FOLDER",
            description =
                    "where results and logs go; a new one below benchmarks/target if not given")
    private @Nullable Path folder;

    /** Needed by picocli. */
    RunOptions() {}

    int rounds() {
        return rounds;
    }

    int warmUpRounds() {
        return warmUpRounds;
    }

    /** Settings of every service of the run. */
    List<String> settings() {
        return settings;
    }

    /** Those of the image, and what was asked for. */
    List<String> jvmOptions() {
        List<String> all = new ArrayList<>(ServiceOptions.SHIPPED_JVM_OPTIONS);
        all.addAll(jvmOptions);
        return all;
    }

    /** The packed service that is measured. */
    Path jar(String service) {
        return jar != null ? required(jar, service) : packed(service);
    }

    /** A packed service, as it was built here. */
    static Path packed(String service) {
        return required(home().resolve("%1$s/target/%1$s.jar".formatted(service)), service);
    }

    private static Path required(Path jar, String service) {
        if (!Files.isRegularFile(jar)) {
            throw new BenchmarkException(
                    "%s is missing; build it by: ./mvnw -pl %s -am package"
                            .formatted(jar, service));
        }
        return jar.toAbsolutePath();
    }

    /** The folder of this run. */
    Path folder() {
        Path target =
                folder != null
                        ? folder
                        : home().resolve("benchmarks/target/runs")
                                .resolve(
                                        DateTimeFormatter.ofPattern("uuuuMMdd-HHmmss")
                                                .format(LocalDateTime.now(ZoneId.systemDefault())));
        try {
            return Files.createDirectories(target.toAbsolutePath());
        } catch (IOException e) {
            throw new BenchmarkException(target + " cannot be made", e);
        }
    }

    /** Prints the table and writes all of the run into a file of that name. */
    static void report(
            Map<String, Object> settings, List<List<Figures>> rounds, Path file, PrintWriter out) {
        FiguresReport report = FiguresReport.of(Machine.here(), settings, rounds);
        report.write(file);
        out.println();
        out.println(report.table());
        out.println("Written to " + file);
        out.flush();
    }

    private static Path home() {
        return Path.of(System.getProperty("pipeline.home", ""));
    }
}
