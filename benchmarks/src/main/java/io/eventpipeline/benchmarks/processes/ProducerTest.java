package io.eventpipeline.benchmarks.processes;

import io.eventpipeline.benchmarks.load.CpuTimes;
import io.eventpipeline.benchmarks.load.LoadResult;
import io.eventpipeline.benchmarks.load.ProcessCpu;
import io.eventpipeline.localcluster.LocalProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Kafka's own producer test ({@code kafka-producer-perf-test.sh}), the ceiling without HTTP: as
 * fast as it can, acks all, the producer's other settings as Kafka ships them.
 */
public final class ProducerTest {

    /** The name of its process among processor times. */
    public static final String PROCESS = "load";

    private static final Duration LONGEST = Duration.ofMinutes(5);
    private static final Duration PAUSE = Duration.ofMillis(100);

    /** Its summary; with {@code --warmup-records} (KIP-1052) a second one without those. */
    private static final Pattern SUMMARY =
            Pattern.compile(
                    "(\\d+)(?: steady state)? records sent, ([\\d.]+) records/sec .*?(\\d+) ms"
                            + " 50th, .*?(\\d+) ms 99th");

    /** What kafka-run-class.sh runs a tool with. */
    private static final List<String> JVM_OPTIONS =
            List.of(
                    "-Xmx512m",
                    "-XX:+UseG1GC",
                    "-XX:MaxGCPauseMillis=20",
                    "-XX:InitiatingHeapOccupancyPercent=35",
                    "--enable-native-access=ALL-UNNAMED",
                    "--sun-misc-unsafe-memory-access=allow");

    private final BenchmarkBroker broker;
    private final int valueBytes;
    private final Path folder;

    /** A test that is not started yet. */
    public ProducerTest(BenchmarkBroker broker, int valueBytes, Path folder) {
        this.broker = broker;
        this.valueBytes = valueBytes;
        this.folder = folder;
    }

    /**
     * Runs it.
     *
     * @param warmUp records that are sent first and not counted
     * @param measured records that are counted
     * @param cpu the processes to read beside its own
     */
    public LoadResult run(long warmUp, long measured, ProcessCpu cpu) {
        Path log = folder.resolve("producer-test-" + System.nanoTime() + ".log");
        CpuTimes before = cpu.and(PROCESS, -1).get();
        CpuTimes after = before;
        try (LocalProcess process =
                LocalProcess.builder("producer-test")
                        .command(command(warmUp, measured))
                        .logFile(log)
                        .start()) {
            ProcessCpu all = cpu.and(PROCESS, process.pid());
            long deadline = System.nanoTime() + LONGEST.toNanos();
            while (process.isAlive() && System.nanoTime() < deadline) {
                CpuTimes now = all.get();
                after = process.isAlive() ? now : after;
                Thread.sleep(PAUSE);
            }
        } catch (InterruptedException e) {
            throw BenchmarkException.interrupted(e);
        }
        // Processor time covers the warm-up too: shown for as many records as were measured.
        double share = (double) measured / (warmUp + measured);
        return parse(read(log), after.since(before).times(share));
    }

    private List<String> command(long warmUp, long measured) {
        List<String> command = new ArrayList<>();
        command.add(LocalProcess.javaExecutable());
        command.addAll(JVM_OPTIONS);
        command.addAll(
                List.of(
                        "-cp",
                        System.getProperty("java.class.path"),
                        "org.apache.kafka.tools.ProducerPerformance",
                        "--bootstrap-server",
                        broker.bootstrapServers(),
                        "--topic",
                        BenchmarkBroker.TOPIC,
                        "--num-records",
                        Long.toString(warmUp + measured),
                        "--warmup-records",
                        Long.toString(warmUp),
                        "--record-size",
                        Integer.toString(valueBytes),
                        "--throughput",
                        "-1",
                        "--command-property",
                        "acks=all"));
        return command;
    }

    /** Reads the last summary. */
    static LoadResult parse(String output, CpuTimes cpu) {
        MatchResult summary = null;
        Matcher matcher = SUMMARY.matcher(output);
        while (matcher.find()) {
            summary = matcher.toMatchResult();
        }
        if (summary == null) {
            throw new BenchmarkException("Kafka's producer test gave no summary: " + output);
        }
        long records = Long.parseLong(summary.group(1));
        double perSecond = Double.parseDouble(summary.group(2));
        return new LoadResult(
                records / perSecond,
                records,
                records,
                0,
                Double.parseDouble(summary.group(3)),
                Double.parseDouble(summary.group(4)),
                records,
                cpu);
    }

    private static String read(Path log) {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new BenchmarkException("no output of Kafka's producer test", e);
        }
    }
}
