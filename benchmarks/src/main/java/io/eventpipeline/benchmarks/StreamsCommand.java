package io.eventpipeline.benchmarks;

import io.eventpipeline.benchmarks.consuming.EventSender;
import io.eventpipeline.benchmarks.processes.BenchmarkBroker;
import io.eventpipeline.benchmarks.processes.ServiceProcess;
import io.eventpipeline.benchmarks.report.Figures;
import io.eventpipeline.benchmarks.streaming.BarePrograms;
import io.eventpipeline.benchmarks.streaming.LatencyRun;
import io.eventpipeline.benchmarks.streaming.ShipmentsWorkload;
import io.eventpipeline.benchmarks.streaming.StreamsTarget;
import io.eventpipeline.benchmarks.streaming.TumblingWorkload;
import io.eventpipeline.benchmarks.streaming.Workload;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code benchmarks/run streams}: topologies beside a bare Kafka Streams program. */
@Command(
        name = "streams",
        mixinStandardHelpOptions = true,
        description =
                "Measures how many events a second streams-service works on, and how long after the"
                    + " REST request a result can be read, beside a bare Kafka Streams program.")
final class StreamsCommand implements Callable<Integer> {

    /** The one of the service's application.yml. */
    private static final int SHIPPED_THREADS = 1;

    private static final String APPLICATION_ID = "streams-dev";

    /** What is measured. */
    enum Question {
        /** Orders joined with addresses and products. */
        SHIPMENTS,
        /** Page views in tumbling windows. */
        TUMBLING
    }

    @Mixin private RunOptions run = new RunOptions();

    @Option(
            names = "--topologies",
            split = ",",
            paramLabel = "NAME",
            description = "of ${COMPLETION-CANDIDATES}; all if not given")
    private List<Question> questions = List.of(Question.values());

    @Option(
            names = "--records",
            defaultValue = "300000",
            description =
                    "how many events are worked on each time; 0 to measure latencies alone;"
                            + " ${DEFAULT-VALUE} if not given")
    private int records;

    @Option(
            names = "--rate",
            defaultValue = "1000",
            description =
                    "events a second while latencies are measured; ${DEFAULT-VALUE} if not given")
    private int rate;

    @Option(
            names = "--latency-seconds",
            defaultValue = "30",
            description =
                    "how long latencies are measured each time; 0 for not; ${DEFAULT-VALUE} if"
                            + " not given")
    private int latencySeconds;

    @Option(
            names = "--latency-rounds",
            defaultValue = "1",
            description = "how often latencies are measured; ${DEFAULT-VALUE} if not given")
    private int latencyRounds;

    @Option(
            names = "--warm-up-seconds",
            defaultValue = "15",
            description = "before each measurement of latencies; ${DEFAULT-VALUE} if not given")
    private int warmUpSeconds;

    @Option(
            names = "--threads",
            defaultValue = "" + SHIPPED_THREADS,
            description = "stream threads of both programs; ${DEFAULT-VALUE} if not given")
    private int threads;

    @Spec private CommandSpec command = CommandSpec.create();

    /** Needed by picocli. */
    StreamsCommand() {}

    @Override
    public Integer call() {
        PrintWriter out = command.commandLine().getOut();
        Path folder = run.folder();
        out.println("Logs and results are in " + folder);
        out.flush();
        List<List<Figures>> rounds = new ArrayList<>();
        for (Question question : questions) {
            Workload workload =
                    switch (question) {
                        case SHIPMENTS -> new ShipmentsWorkload();
                        case TUMBLING -> new TumblingWorkload();
                    };
            String name = question.name().toLowerCase(Locale.ROOT);
            rounds.addAll(measure(workload, folder.resolve(name), out));
        }
        RunOptions.report(settings(), rounds, folder.resolve("streams.json"), out);
        return 0;
    }

    private List<List<Figures>> measure(Workload workload, Path folder, PrintWriter out) {
        try (BenchmarkBroker broker = BenchmarkBroker.start(folder);
                StreamsTarget service = service(workload, broker, folder)) {
            workload.prepare(broker.bootstrapServers());
            try (StreamsTarget bare =
                    BarePrograms.start(
                            workload, threads, run.jvmOptions(), broker, records, folder)) {
                service.drain();
                bare.drain();
                List<List<Figures>> rounds = new ArrayList<>();
                if (records > 0) {
                    rounds.addAll(
                            new ReaderRounds(List.of(service, bare), out)
                                    .run(run.warmUpRounds(), run.rounds()));
                }
                service.check();
                bare.check();
                if (latencySeconds > 0) {
                    rounds.addAll(latencies(workload, List.of(service, bare), broker, folder, out));
                }
                return rounds;
            }
        }
    }

    private StreamsTarget service(Workload workload, BenchmarkBroker broker, Path folder) {
        List<String> settings = new ArrayList<>(workload.serviceSettings());
        settings.add("pipeline.streams.state-dir=" + folder.resolve("state"));
        settings.add("spring.kafka.streams.properties.num.stream.threads=" + threads);
        settings.addAll(run.settings());
        return new StreamsTarget(
                workload.name(),
                ServiceProcess.ofJar(
                                "streams-service",
                                run.jar("streams-service"),
                                ServiceProcess.freePort(),
                                run.jvmOptions(),
                                broker.bootstrapServers(),
                                settings,
                                folder)
                        .awaitReady(_ -> true),
                APPLICATION_ID,
                workload,
                EventSender.TOPICS.name(workload.output()),
                broker,
                records);
    }

    private List<List<Figures>> latencies(
            Workload workload,
            List<StreamsTarget> targets,
            BenchmarkBroker broker,
            Path folder,
            PrintWriter out) {
        List<List<Figures>> rounds = new ArrayList<>();
        try (ServiceProcess producer =
                ServiceProcess.ofJar(
                                "producer-service",
                                RunOptions.packed("producer-service"),
                                ServiceProcess.freePort(),
                                ServiceOptions.SHIPPED_JVM_OPTIONS,
                                broker.bootstrapServers(),
                                List.of(),
                                folder)
                        .awaitReady(_ -> true)) {
            LatencyRun latency =
                    new LatencyRun(
                            producer,
                            broker.bootstrapServers(),
                            workload,
                            rate,
                            Duration.ofSeconds(warmUpSeconds),
                            Duration.ofSeconds(latencySeconds));
            for (int round = 0; round < latencyRounds; round++) {
                List<Figures> measured = new ArrayList<>();
                for (StreamsTarget target : round % 2 == 0 ? targets : targets.reversed()) {
                    Figures figures = latency.measure(target);
                    out.println("  " + figures.what() + " " + figures.figures());
                    out.flush();
                    measured.add(figures);
                }
                rounds.add(round % 2 == 0 ? measured : measured.reversed());
            }
        }
        return rounds;
    }

    private Map<String, Object> settings() {
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("records", records);
        settings.put("rounds", run.rounds());
        settings.put("threads", threads);
        settings.put("rate", rate);
        settings.put("latencySeconds", latencySeconds);
        settings.put("warmUpSeconds", warmUpSeconds);
        settings.put("jvmOptions", run.jvmOptions());
        settings.put("serviceSettings", run.settings());
        return settings;
    }
}
