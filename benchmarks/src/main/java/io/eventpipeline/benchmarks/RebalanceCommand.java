package io.eventpipeline.benchmarks;

import io.eventpipeline.benchmarks.consuming.BenchmarkDatabase;
import io.eventpipeline.benchmarks.consuming.ConsumerService;
import io.eventpipeline.benchmarks.consuming.OrderSender;
import io.eventpipeline.benchmarks.consuming.Ownership;
import io.eventpipeline.benchmarks.consuming.Ownership.Handover;
import io.eventpipeline.benchmarks.consuming.SteadyOrders;
import io.eventpipeline.benchmarks.processes.BenchmarkBroker;
import io.eventpipeline.benchmarks.report.Figures;
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

/** {@code benchmarks/run rebalance}: how long partitions change hands. */
@Command(
        name = "rebalance",
        mixinStandardHelpOptions = true,
        description =
                "Has a second member join and leave, under load, with few and many partitions and"
                        + " with both protocols.")
final class RebalanceCommand implements Callable<Integer> {

    private static final Duration PAUSE = Duration.ofMillis(250);
    private static final String LISTENER = "shipments";

    @Mixin private RunOptions run = new RunOptions();

    @Option(
            names = "--partitions",
            split = ",",
            paramLabel = "NUMBER",
            description = "10, 100 and 1,000 if not given")
    private List<Integer> partitions = List.of(10, 100, 1_000);

    @Option(
            names = "--protocols",
            split = ",",
            paramLabel = "NAME",
            description = "classic and consumer if not given")
    private List<String> protocols = List.of("classic", "consumer");

    @Spec private CommandSpec command = CommandSpec.create();

    /** Needed by picocli. */
    RebalanceCommand() {}

    @Override
    public Integer call() {
        PrintWriter out = command.commandLine().getOut();
        Path folder = run.folder();
        out.println("Logs and results are in " + folder);
        List<List<Figures>> rounds = new ArrayList<>();
        for (int i = 0; i < run.rounds(); i++) {
            rounds.add(new ArrayList<>());
        }
        for (int count : partitions) {
            for (String protocol : protocols) {
                String name = protocol + "-" + count;
                out.println(name);
                out.flush();
                measure(protocol, count, folder.resolve(name), rounds, out);
            }
        }
        RunOptions.report(settings(), rounds, folder.resolve("rebalance.json"), out);
        return 0;
    }

    private void measure(
            String protocol, int count, Path folder, List<List<Figures>> rounds, PrintWriter out) {
        try (BenchmarkBroker broker = BenchmarkBroker.start(folder);
                BenchmarkDatabase database = BenchmarkDatabase.start(folder)) {
            broker.makeTopic(OrderSender.TOPIC, count);
            String url = database.create("orders");
            try (ConsumerService _ = member("stays", protocol, broker, url, folder);
                    ConsumerService goes = member("goes", protocol, broker, url, folder);
                    BenchmarkDatabase.Session session = database.session(url);
                    SteadyOrders _ = new SteadyOrders(broker.bootstrapServers(), count, PAUSE)) {
                Ownership ownership = new Ownership(session, count);
                ownership.after(() -> goes.stop(LISTENER), "stays", count);
                for (List<Figures> round : rounds) {
                    Handover joined = ownership.after(() -> goes.start(LISTENER), "goes", 1);
                    Handover left = ownership.after(() -> goes.stop(LISTENER), "stays", count);
                    Figures figures = figures(protocol, count, joined, left);
                    out.println("  " + figures.figures());
                    out.flush();
                    round.add(figures);
                }
            }
        }
    }

    private ConsumerService member(
            String name, String protocol, BenchmarkBroker broker, String url, Path folder) {
        List<String> settings =
                new ArrayList<>(
                        List.of(
                                "spring.datasource.url=" + url,
                                "pipeline.consumer.instance-id=" + name,
                                "pipeline.consumer.archive.enabled=false",
                                "pipeline.consumer.shipments.concurrency=1",
                                "pipeline.consumer.shipments.membership.protocol=" + protocol));
        if (protocol.equals("consumer")) {
            // The default assignor leaves all orders where they are and moves the other topics.
            settings.add("pipeline.consumer.shipments.membership.assignor=range");
        }
        settings.addAll(run.settings());
        ConsumerService service =
                ConsumerService.start(
                        name,
                        run.jar("consumer-service"),
                        run.jvmOptions(),
                        broker.bootstrapServers(),
                        settings,
                        folder);
        service.stop("measurements");
        return service;
    }

    private static Figures figures(String protocol, int count, Handover joined, Handover left) {
        Map<String, Double> figures = new LinkedHashMap<>();
        figures.put("join s", joined.seconds());
        figures.put("join, longest standstill s", joined.standstillSeconds());
        figures.put("leave s", left.seconds());
        figures.put("leave, longest standstill s", left.standstillSeconds());
        return new Figures(protocol + ", " + count + " partitions", figures);
    }

    private Map<String, Object> settings() {
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("rounds", run.rounds());
        settings.put("partitions", partitions);
        settings.put("protocols", protocols);
        settings.put("serviceJvmOptions", run.jvmOptions());
        settings.put("serviceSettings", run.settings());
        return settings;
    }
}
