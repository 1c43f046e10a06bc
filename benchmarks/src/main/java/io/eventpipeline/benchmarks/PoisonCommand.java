package io.eventpipeline.benchmarks;

import io.eventpipeline.benchmarks.consuming.BenchmarkDatabase;
import io.eventpipeline.benchmarks.consuming.ConsumerService;
import io.eventpipeline.benchmarks.consuming.OrderSender;
import io.eventpipeline.benchmarks.consuming.PoisonedPartition;
import io.eventpipeline.benchmarks.processes.BenchmarkBroker;
import io.eventpipeline.benchmarks.report.Figures;
import java.io.PrintWriter;
import java.nio.file.Path;
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

/** {@code benchmarks/run poison}: what a bad record costs its partition. */
@Command(
        name = "poison",
        mixinStandardHelpOptions = true,
        description =
                "Reads one partition with a bad record in each full batch, and without, and shows"
                        + " the difference for a bad record.")
final class PoisonCommand implements Callable<Integer> {

    @Mixin private RunOptions run = new RunOptions();

    @Option(
            names = "--batches",
            defaultValue = "20",
            description = "how many batches of 1,000 records; ${DEFAULT-VALUE} if not given")
    private int batches;

    @Spec private CommandSpec command = CommandSpec.create();

    /** Needed by picocli. */
    PoisonCommand() {}

    @Override
    public Integer call() {
        PrintWriter out = command.commandLine().getOut();
        Path folder = run.folder();
        out.println("Logs and results are in " + folder);
        out.flush();
        List<List<Figures>> rounds = new ArrayList<>();
        try (BenchmarkBroker broker = BenchmarkBroker.start(folder);
                BenchmarkDatabase database = BenchmarkDatabase.start(folder)) {
            broker.makeTopic(OrderSender.TOPIC, 1);
            String url = database.create("orders");
            List<String> settings =
                    new ArrayList<>(
                            List.of(
                                    "spring.datasource.url=" + url,
                                    "pipeline.consumer.archive.enabled=false",
                                    "pipeline.consumer.shipments.concurrency=1"));
            settings.addAll(run.settings());
            try (ConsumerService service =
                            ConsumerService.start(
                                    "service",
                                    run.jar("consumer-service"),
                                    run.jvmOptions(),
                                    broker.bootstrapServers(),
                                    settings,
                                    folder);
                    BenchmarkDatabase.Session session = database.session(url)) {
                PoisonedPartition partition =
                        new PoisonedPartition(service, session, broker.bootstrapServers(), batches);
                for (int round = 1 - run.warmUpRounds(); round <= run.rounds(); round++) {
                    List<Figures> measured = measure(partition);
                    out.println((round <= 0 ? "Warming up " : "Round " + round + " ") + measured);
                    out.flush();
                    if (round > 0) {
                        rounds.add(measured);
                    }
                }
            }
            RunOptions.report(settings(), rounds, folder.resolve("poison.json"), out);
        }
        return 0;
    }

    private List<Figures> measure(PoisonedPartition partition) {
        List<Figures> measured = new ArrayList<>();
        double clean = partition.seconds(PoisonedPartition.Poison.NONE);
        for (PoisonedPartition.Poison poison : PoisonedPartition.Poison.values()) {
            double seconds =
                    poison == PoisonedPartition.Poison.NONE ? clean : partition.seconds(poison);
            Map<String, Double> figures = new LinkedHashMap<>();
            figures.put("seconds", seconds);
            figures.put("ms more a bad record", (seconds - clean) * 1_000 / batches);
            measured.add(new Figures(poison.toString(), figures));
        }
        return measured;
    }

    private Map<String, Object> settings() {
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("batches", batches);
        settings.put("rounds", run.rounds());
        settings.put("serviceJvmOptions", run.jvmOptions());
        settings.put("serviceSettings", run.settings());
        return settings;
    }
}
