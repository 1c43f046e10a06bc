package io.eventpipeline.benchmarks;

import io.eventpipeline.benchmarks.connecting.ConnectWorkerProcess;
import io.eventpipeline.benchmarks.connecting.ConnectWorkers;
import io.eventpipeline.benchmarks.connecting.FileToTable;
import io.eventpipeline.benchmarks.consuming.BenchmarkDatabase;
import io.eventpipeline.benchmarks.consuming.Waiting;
import io.eventpipeline.benchmarks.processes.BenchmarkBroker;
import io.eventpipeline.benchmarks.processes.BenchmarkException;
import io.eventpipeline.benchmarks.report.Figures;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code benchmarks/run connect}: connect-service beside Kafka's own worker. */
@Command(
        name = "connect",
        mixinStandardHelpOptions = true,
        description =
                "Measures how long connect-service takes until it is ready, its resident memory,"
                        + " and the lines a second from a file through a topic into a table, beside"
                        + " Kafka's own ConnectDistributed with the same connectors.")
final class ConnectCommand implements Callable<Integer> {

    private static final String SERVICE = "connect-service";
    private static final String KAFKAS = "connect-distributed";
    private static final Duration IDLE = Duration.ofSeconds(5);

    @Mixin private RunOptions run = new RunOptions();

    @Option(
            names = "--records",
            defaultValue = "200000",
            description = "how many lines the file has; ${DEFAULT-VALUE} if not given")
    private int records;

    @Option(
            names = "--starts",
            defaultValue = "3",
            description = "how often each worker is started; ${DEFAULT-VALUE} if not given")
    private int starts;

    @Option(
            names = "--plugins",
            paramLabel = "FOLDER",
            defaultValue = "connect-plugins/target/plugins",
            description = "the plugin folders; those of the build if not given")
    private Path plugins = Path.of("");

    @Spec private CommandSpec command = CommandSpec.create();

    /** Needed by picocli. */
    ConnectCommand() {}

    @Override
    public Integer call() {
        PrintWriter out = command.commandLine().getOut();
        Path folder = run.folder();
        out.println("Logs and results are in " + folder);
        out.flush();
        Path files = folder.resolve("files");
        Path lines = lines(files);
        List<List<Figures>> rounds = new ArrayList<>();
        try (BenchmarkBroker broker = BenchmarkBroker.start(folder);
                BenchmarkDatabase database = BenchmarkDatabase.start(folder)) {
            ConnectWorkers workers =
                    new ConnectWorkers(
                            run.jar(SERVICE),
                            Path.of(System.getProperty("pipeline.home", ""))
                                    .resolve(plugins)
                                    .toAbsolutePath(),
                            run.jvmOptions(),
                            run.settings(),
                            broker.bootstrapServers(),
                            folder);
            Supplier<ConnectWorkerProcess> service = () -> workers.service(files);
            for (int start = 0; start < starts; start++) {
                rounds.add(
                        List.of(
                                started(SERVICE, service, out),
                                started(KAFKAS, workers::kafkas, out)));
            }
            try (FileToTable ours =
                            new FileToTable(
                                    SERVICE, service.get(), broker, database, lines, records);
                    FileToTable kafkas =
                            new FileToTable(
                                    KAFKAS, workers.kafkas(), broker, database, lines, records)) {
                rounds.addAll(
                        new ReaderRounds(List.of(ours, kafkas), out)
                                .run(run.warmUpRounds(), run.rounds()));
                rounds.add(List.of(memory(ours), memory(kafkas)));
            }
        }
        RunOptions.report(settings(), rounds, folder.resolve("connect.json"), out);
        return 0;
    }

    private static Figures started(
            String name, Supplier<ConnectWorkerProcess> start, PrintWriter out) {
        try (ConnectWorkerProcess worker = start.get()) {
            Waiting.pause(IDLE);
            Map<String, Double> figures = new LinkedHashMap<>();
            figures.put("ready after s", worker.secondsToReady());
            figures.put("MiB when ready", worker.residentMib());
            out.println("  " + name + " " + figures);
            out.flush();
            worker.stop();
            return new Figures(name, figures);
        }
    }

    private static Figures memory(FileToTable worked) {
        return new Figures(worked.name(), Map.of("MiB after work", worked.residentMib()));
    }

    private Path lines(Path folder) {
        try {
            Path file = Files.createDirectories(folder).resolve("lines.txt");
            try (BufferedWriter writer = Files.newBufferedWriter(file)) {
                for (int line = 0; line < records; line++) {
                    writer.write(
                            "%d GET /products/sku-%05d 200 of a visitor who looks around"
                                    .formatted(line, line % 10_000));
                    writer.newLine();
                }
            }
            return file;
        } catch (IOException e) {
            throw new BenchmarkException("no lines to carry", e);
        }
    }

    private Map<String, Object> settings() {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("records", records);
        all.put("jvm", run.jvmOptions());
        all.put("service", run.settings());
        return all;
    }
}
