package io.eventpipeline.benchmarks;

import io.eventpipeline.benchmarks.load.LoadResult;
import io.eventpipeline.benchmarks.load.ProcessCpu;
import io.eventpipeline.benchmarks.load.RandomValues;
import io.eventpipeline.benchmarks.load.StreamLoad;
import io.eventpipeline.benchmarks.processes.BenchmarkBroker;
import io.eventpipeline.benchmarks.processes.BenchmarkException;
import io.eventpipeline.benchmarks.processes.GcLog;
import io.eventpipeline.benchmarks.processes.HttpTarget;
import io.eventpipeline.benchmarks.report.HeapReport;
import io.eventpipeline.benchmarks.report.Machine;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code benchmarks/run heap}: whether a stream of any length passes in constant memory. */
@Command(
        name = "heap",
        mixinStandardHelpOptions = true,
        description =
                "Sends one NDJSON request of many records through a service with a small heap.")
final class HeapCommand implements Callable<Integer> {

    private static final int LOOKS = 10;

    @Mixin private ServiceOptions service = new ServiceOptions();

    @Option(
            names = "--records",
            defaultValue = "10000000",
            description = "how many records; ${DEFAULT-VALUE} if not given")
    private long records;

    @Option(
            names = "--heap",
            defaultValue = "256m",
            description = "the service's largest heap; ${DEFAULT-VALUE} if not given")
    private String heap = "256m";

    @Option(
            names = "--value-bytes",
            defaultValue = "200",
            description = "the size of a record's value; ${DEFAULT-VALUE} if not given")
    private int valueBytes;

    @Spec private CommandSpec command = CommandSpec.create();

    /** Needed by picocli. */
    HeapCommand() {}

    @Override
    public Integer call() {
        PrintWriter out = command.commandLine().getOut();
        Path folder = service.folder();
        Path gcLog = folder.resolve("gc.log");
        out.println("Logs and results are in " + folder);
        out.flush();
        try (BenchmarkBroker broker = BenchmarkBroker.start(folder);
                HttpTarget target = service.start(jvmOptions(gcLog), broker, folder)) {
            long before = broker.storedRecords();
            LoadResult result = stream(target);
            long stored = broker.storedRecords() - before;
            HeapReport report =
                    HeapReport.of(Machine.here(), heap, result, stored, GcLog.read(gcLog));
            report.write(folder.resolve("heap.json"));
            out.println(report.text());
            out.flush();
            return stored >= records && report.isFlat() ? 0 : 1;
        }
    }

    private LoadResult stream(HttpTarget target) {
        long pid = target.pid().orElseThrow();
        StreamLoad load =
                new StreamLoad(
                        ServiceOptions.streamDoor(target),
                        new RandomValues(valueBytes, 1),
                        new ProcessCpu(Map.of("server", pid)));
        try (HeapWatch _ = new HeapWatch(pid, records / LOOKS, load::receipts)) {
            return load.run(records);
        } catch (IOException e) {
            throw new BenchmarkException(target.name() + ": " + e.getMessage(), e);
        }
    }

    private List<String> jvmOptions(Path gcLog) {
        List<String> options = new ArrayList<>(ServiceOptions.SHIPPED_JVM_OPTIONS);
        options.removeIf(option -> option.startsWith("-Xmx"));
        options.add("-Xmx" + heap);
        options.add(GcLog.option(gcLog));
        return options;
    }
}
