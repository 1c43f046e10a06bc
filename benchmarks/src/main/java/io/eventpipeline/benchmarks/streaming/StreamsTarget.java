package io.eventpipeline.benchmarks.streaming;

import io.eventpipeline.benchmarks.consuming.Progress;
import io.eventpipeline.benchmarks.consuming.Reader;
import io.eventpipeline.benchmarks.consuming.Throughput;
import io.eventpipeline.benchmarks.consuming.TreeCpu;
import io.eventpipeline.benchmarks.consuming.Waiting;
import io.eventpipeline.benchmarks.processes.BenchmarkBroker;
import io.eventpipeline.benchmarks.processes.BenchmarkException;
import io.eventpipeline.benchmarks.processes.ServiceProcess;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A program that answers a workload's question, paused while it is not measured. Both programs of a
 * workload work on the same events: the one that comes first has them sent, while both are paused.
 */
public final class StreamsTarget implements Reader {

    private static final Duration LONGEST = Duration.ofMinutes(5);
    private static final Duration LOOK = Duration.ofMillis(50);

    private final String name;
    private final ServiceProcess process;
    private final Workload workload;
    private final String output;
    private final GroupOffsets offsets;
    private final GroupOffsets tables;
    private final String bootstrapServers;
    private final int records;
    private final TreeCpu cpu;

    /**
     * Pauses a program that is ready.
     *
     * @param output the topic of its results
     * @param records how many events are in one measurement
     */
    public StreamsTarget(
            String name,
            ServiceProcess process,
            String applicationId,
            Workload workload,
            String output,
            BenchmarkBroker broker,
            int records) {
        this.name = name;
        this.process = process;
        this.workload = workload;
        this.output = output;
        this.bootstrapServers = broker.bootstrapServers();
        this.records = records;
        offsets = new GroupOffsets(bootstrapServers, applicationId, List.of(workload.input()));
        tables = new GroupOffsets(bootstrapServers, applicationId, workload.tables());
        Map<String, Long> processes = new LinkedHashMap<>();
        processes.put("streams", process.pid());
        processes.put("broker", broker.pid());
        cpu = new TreeCpu(processes);
        pause();
    }

    @Override
    public String name() {
        return name;
    }

    /** The topic of its results. */
    String output() {
        return output;
    }

    void pause() {
        process.post("/streams/pause");
    }

    void resume() {
        process.post("/streams/resume");
    }

    /** Works until nothing is left, and is paused then. */
    public void drain() {
        resume();
        long deadline = System.nanoTime() + LONGEST.toNanos();
        while (offsets.committed() < offsets.end() || tables.committed() < tables.end()) {
            if (System.nanoTime() > deadline) {
                throw new BenchmarkException(name + " does not come to the end of its input");
            }
            Waiting.pause(LOOK);
        }
        pause();
    }

    /** From its first commit to that of the last event; what is committed can be read. */
    @Override
    public Throughput measure() {
        long from = offsets.committed();
        if (offsets.end() == from) {
            workload.fill(bootstrapServers, records);
        }
        long to = offsets.end();
        resume();
        try {
            return new Progress(offsets::committed, cpu).measure(from + 1, to, LONGEST);
        } finally {
            pause();
        }
    }

    /**
     * Counts the events in all results so far.
     *
     * @throws BenchmarkException if they are more or less than those of the input
     */
    public void check() {
        Workload.Tally tally = workload.tally();
        try (ResultReader reader = ResultReader.ofAll(bootstrapServers, output)) {
            reader.readToEnd(tally::add);
        }
        if (tally.events() != offsets.end()) {
            throw new BenchmarkException(
                    "%s: %d events are in the results, and %d in the input"
                            .formatted(name, tally.events(), offsets.end()));
        }
    }

    @Override
    public void close() {
        offsets.close();
        tables.close();
        process.close();
    }
}
