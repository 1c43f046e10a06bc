package io.eventpipeline.benchmarks;

import io.eventpipeline.benchmarks.processes.BenchmarkBroker;
import io.eventpipeline.benchmarks.processes.EndpointSpec;
import io.eventpipeline.benchmarks.processes.HttpTarget;
import io.eventpipeline.benchmarks.processes.ProducerTest;
import io.eventpipeline.benchmarks.report.LoadReport;
import io.eventpipeline.benchmarks.report.Machine;
import io.eventpipeline.benchmarks.report.Measurement;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code benchmarks/run load}: how fast, beside peers and ceilings. */
@Command(
        name = "load",
        mixinStandardHelpOptions = true,
        description =
                "Measures producer-service, peers and ceilings in turns; writes a table and JSON.")
final class LoadCommand implements Callable<Integer> {

    @Mixin private ServiceOptions service = new ServiceOptions();

    @Option(
            names = "--peer",
            paramLabel = "ENDPOINT",
            description =
                    "an endpoint to compare with: name=…,url=…,content-type=…,body=…, or @FILE with"
                            + " the same as properties; may be repeated")
    private List<String> peers = new ArrayList<>();

    @Option(
            names = "--scenarios",
            split = ",",
            paramLabel = "NAME",
            description = "some of: ${COMPLETION-CANDIDATES}; all if not given")
    private List<Scenario> scenarios = List.of(Scenario.values());

    @Option(
            names = "--rounds",
            defaultValue = "3",
            description = "how often everything is measured; ${DEFAULT-VALUE} if not given")
    private int rounds;

    @Option(
            names = "--seconds",
            defaultValue = "10",
            description = "how long a measurement takes; ${DEFAULT-VALUE} if not given")
    private int seconds;

    @Option(
            names = "--warm-up-seconds",
            defaultValue = "10",
            description = "how long each is warmed up; ${DEFAULT-VALUE} if not given")
    private int warmUpSeconds;

    @Option(
            names = "--value-bytes",
            defaultValue = "200",
            description = "the size of a record's value; ${DEFAULT-VALUE} if not given")
    private int valueBytes;

    @Spec private CommandSpec command = CommandSpec.create();

    /** Needed by picocli. */
    LoadCommand() {}

    @Override
    public Integer call() {
        PrintWriter out = command.commandLine().getOut();
        Path folder = service.folder();
        out.println("Logs and results are in " + folder);
        List<EndpointSpec> peerSpecs = peers.stream().map(EndpointSpec::parse).toList();
        List<HttpTarget> targets = new ArrayList<>();
        try (BenchmarkBroker broker = BenchmarkBroker.start(folder)) {
            targets.add(service.start(ServiceOptions.SHIPPED_JVM_OPTIONS, broker, folder));
            peerSpecs.forEach(peer -> targets.add(HttpTarget.peer(peer, broker, folder)));
            targets.add(HttpTarget.readOnly(ServiceOptions.SHIPPED_JVM_OPTIONS, folder));
            LoadRun run =
                    new LoadRun(
                            broker,
                            targets,
                            ServiceOptions.streamDoor(targets.getFirst()),
                            new ProducerTest(broker, valueBytes, folder),
                            settings(),
                            out);
            report(run.run(), folder, out);
        } finally {
            targets.forEach(HttpTarget::close);
        }
        return 0;
    }

    private LoadSettings settings() {
        return new LoadSettings(
                scenarios,
                rounds,
                Duration.ofSeconds(warmUpSeconds),
                Duration.ofSeconds(seconds),
                valueBytes);
    }

    private void report(List<List<Measurement>> measurements, Path folder, PrintWriter out) {
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("rounds", rounds);
        settings.put("seconds", seconds);
        settings.put("warmUpSeconds", warmUpSeconds);
        settings.put("valueBytes", valueBytes);
        settings.put("serviceJvmOptions", ServiceOptions.SHIPPED_JVM_OPTIONS);
        LoadReport report = LoadReport.of(Machine.here(), settings, measurements);
        Path file = folder.resolve("load.json");
        report.write(file);
        out.println();
        out.println(report.table());
        out.println("Written to " + file);
        out.flush();
    }
}
