package io.eventpipeline.benchmarks.consuming;

import io.eventpipeline.benchmarks.load.CpuTimes;
import io.eventpipeline.benchmarks.processes.BenchmarkException;
import io.eventpipeline.localcluster.LocalProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Kafka's own consumer test ({@code kafka-consumer-perf-test.sh}), the ceiling without a store: it
 * reads and throws away. Its processor time includes the start of its JVM.
 */
public final class ConsumerTest implements Reader {

    private static final Duration LONGEST = Duration.ofMinutes(5);
    private static final Duration LOOK = Duration.ofMillis(50);

    /** Of its line of results: how many records, and how many a second once it had partitions. */
    private static final int RECORDS = 4;

    private static final int RECORDS_PER_SECOND = 9;
    private static final int FIELDS = 10;

    private final String bootstrapServers;
    private final long records;
    private final Path folder;
    private final long broker;
    private int runs;

    /** A test that reads all records. */
    public ConsumerTest(String bootstrapServers, long records, Path folder, long broker) {
        this.bootstrapServers = bootstrapServers;
        this.records = records;
        this.folder = folder;
        this.broker = broker;
    }

    @Override
    public String name() {
        return "kafka-consumer-perf-test";
    }

    @Override
    public Throughput measure() {
        runs++;
        Path log = folder.resolve("consumer-test-" + runs + ".log");
        CpuTimes before = new TreeCpu(Map.of("reader", -1L, "broker", broker)).get();
        CpuTimes after = before;
        try (LocalProcess process =
                LocalProcess.builder("consumer-test")
                        .command(
                                LocalProcess.javaExecutable(),
                                "-Xmx512m",
                                "-XX:+UseG1GC",
                                "-cp",
                                System.getProperty("java.class.path"),
                                "org.apache.kafka.tools.ConsumerPerformance",
                                "--bootstrap-server",
                                bootstrapServers,
                                "--topic",
                                OrderSender.TOPIC,
                                "--num-records",
                                Long.toString(records),
                                "--group",
                                "consumer-test-" + runs)
                        .logFile(log)
                        .start()) {
            TreeCpu cpu = new TreeCpu(Map.of("reader", process.pid(), "broker", broker));
            long deadline = System.nanoTime() + LONGEST.toNanos();
            while (process.isAlive() && System.nanoTime() < deadline) {
                CpuTimes now = cpu.get();
                after = process.isAlive() ? now : after;
                Waiting.pause(LOOK);
            }
            return parse(Files.readString(log), after.since(before));
        } catch (IOException e) {
            throw new BenchmarkException("no output of Kafka's consumer test", e);
        }
    }

    /** Reads the line below the head. */
    static Throughput parse(String output, CpuTimes cpu) {
        List<String[]> results =
                output.lines()
                        .map(line -> line.split(", ", -1))
                        .filter(fields -> fields.length == FIELDS)
                        .filter(fields -> Character.isDigit(fields[0].charAt(0)))
                        .toList();
        if (results.isEmpty()) {
            throw new BenchmarkException("Kafka's consumer test gave no result: " + output);
        }
        String[] result = results.getLast();
        long read = Long.parseLong(result[RECORDS]);
        return new Throughput(read, read / Double.parseDouble(result[RECORDS_PER_SECOND]), cpu);
    }

    @Override
    public void close() {
        // Its process ends with each measurement.
    }
}
