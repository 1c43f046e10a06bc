package io.eventpipeline.standalone.cli;

import io.eventpipeline.standalone.sending.LoadReport.Figures;
import io.eventpipeline.standalone.sending.LoadTest;
import io.eventpipeline.standalone.sending.RecordsDoor;
import io.eventpipeline.standalone.sending.RunId;
import io.eventpipeline.standalone.sending.StopSignal;
import java.time.Instant;
import java.util.concurrent.Callable;
import java.util.random.RandomGenerator;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code ./pipeline perf-produce}: how many records a second, and how fast each; exit status 0 if
 * all have a receipt. Progress goes to standard error, the result as JSON to standard output.
 */
@Command(
        name = "perf-produce",
        mixinStandardHelpOptions = true,
        description =
                "Sends numbered records through producer-service as fast as it takes them, or at a"
                        + " rate, and says each second how it goes.")
final class PerfProduceCommand implements Callable<Integer> {

    private static final double MEGABYTE = 1024 * 1024;

    @Mixin private SendOptions where = new SendOptions();

    @Option(
            names = "--count",
            paramLabel = "N",
            defaultValue = "100000",
            description =
                    "how many records, 0 for as many as until Ctrl-C; ${DEFAULT-VALUE} if not"
                            + " given")
    private int count = 100_000;

    @Option(
            names = "--rate",
            paramLabel = "PER-SECOND",
            defaultValue = "0",
            description =
                    "how many in a second, and latency then counts from when a record was due; as"
                            + " fast as possible if not given")
    private double rate;

    @Option(
            names = "--record-size",
            paramLabel = "BYTES",
            defaultValue = "200",
            description = "how large a value is; ${DEFAULT-VALUE} if not given")
    private int size = 200;

    @Option(
            names = "--connections",
            paramLabel = "N",
            defaultValue = "4",
            description = "how many connections; ${DEFAULT-VALUE} if not given")
    private int connections = 4;

    @Option(
            names = "--batch",
            paramLabel = "N",
            defaultValue = "100",
            description = "how many records a request has; ${DEFAULT-VALUE} if not given")
    private int batch = 100;

    @Option(
            names = "--stream",
            description =
                    "one request without end on each connection, a line a record, and a receipt"
                            + " line for each while it goes on")
    private boolean streamed;

    @Option(
            names = "--key-count",
            paramLabel = "N",
            defaultValue = "0",
            description = "how many keys each connection uses; none if not given")
    private int keys;

    /** Needed by picocli. */
    PerfProduceCommand() {}

    @Override
    public Integer call() {
        RecordsDoor door = where.door();
        RunId run = RunId.begunAt(Instant.now(), RandomGenerator.getDefault());
        StopSignal stop = new StopSignal();
        LoadTest test =
                new LoadTest(
                        new LoadTest.Settings(
                                door,
                                run,
                                SendOptions.count(count),
                                SendOptions.rate(rate),
                                SendOptions.size(size),
                                SendOptions.within("--connections", connections, 1, 10_000),
                                SendOptions.within("--batch", batch, 1, 10_000),
                                streamed,
                                SendOptions.within("--key-count", keys, 0, 1_000_000),
                                where.timeout()),
                        stop);
        Figures figures =
                Interruptible.run(
                        stop,
                        where.timeout(),
                        () -> {
                            Figures total =
                                    test.run(second -> System.err.println(describe(second)));
                            System.err.println(describe(total));
                            new JsonLines(System.out).print(line(run, door, total));
                            return total;
                        });
        return figures.acknowledged() == figures.sent() ? 0 : 1;
    }

    private String describe(Figures figures) {
        String text =
                "%,d records sent, %,.1f records/sec (%.2f MB/sec), %.1f ms avg latency, %.1f ms 50th, %.1f ms 99th, %.1f ms max latency."
                        .formatted(
                                figures.sent(),
                                figures.perSecond(),
                                figures.perSecond() * size / MEGABYTE,
                                figures.latency().avg(),
                                figures.latency().p50(),
                                figures.latency().p99(),
                                figures.latency().max());
        return figures.notWritten() + figures.unknown() == 0
                ? text
                : text
                        + " Not written: %d, unknown: %d %s"
                                .formatted(
                                        figures.notWritten(),
                                        figures.unknown(),
                                        figures.failures());
    }

    private ObjectNode line(RunId run, RecordsDoor door, Figures figures) {
        ObjectNode line =
                JsonLines.named("summary")
                        .put("run", run.value())
                        .put("topic", door.topic())
                        .put("sent", figures.sent())
                        .put("acknowledged", figures.acknowledged())
                        .put("notWritten", figures.notWritten())
                        .put("unknown", figures.unknown())
                        .put("seconds", JsonLines.rounded(figures.took().toNanos() / 1e9))
                        .put("acknowledgedPerSecond", JsonLines.rounded(figures.perSecond()))
                        .put(
                                "megabytesPerSecond",
                                JsonLines.rounded(figures.perSecond() * size / MEGABYTE));
        line.set("latencyMs", JsonLines.latency(figures.latency()));
        ObjectNode failures = line.putObject("failures");
        figures.failures().forEach(failures::put);
        return line;
    }
}
