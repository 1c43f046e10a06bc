package io.eventpipeline.benchmarks.streaming;

import io.eventpipeline.benchmarks.processes.BenchmarkBroker;
import io.eventpipeline.benchmarks.processes.ServiceProcess;
import io.eventpipeline.model.topic.TopicDefinition;
import java.nio.file.Path;
import java.util.List;

/** Starts the bare program of a workload in a process of its own. */
public final class BarePrograms {

    private BarePrograms() {}

    /**
     * Makes the topic of its results and starts it.
     *
     * @param jvmOptions those of the service too
     */
    public static StreamsTarget start(
            Workload workload,
            int threads,
            List<String> jvmOptions,
            BenchmarkBroker broker,
            int records,
            Path folder) {
        TopicDefinition results = BareTopology.RESULTS.get(workload.output());
        broker.makeTopic(results.name(), results.partitions());
        return new StreamsTarget(
                workload.name() + ", bare",
                ServiceProcess.ofClass(
                                "bare",
                                BareStreams.class,
                                jvmOptions,
                                List.of(
                                        broker.bootstrapServers(),
                                        workload.bare().name(),
                                        folder.resolve("bare-state").toString(),
                                        Integer.toString(threads)),
                                folder)
                        .awaitReady(_ -> true),
                workload.bare().applicationId(),
                workload,
                results.name(),
                broker,
                records);
    }
}
