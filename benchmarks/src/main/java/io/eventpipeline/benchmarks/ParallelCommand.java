package io.eventpipeline.benchmarks;

import io.eventpipeline.benchmarks.consuming.BenchmarkDatabase;
import io.eventpipeline.benchmarks.consuming.ConsumerService;
import io.eventpipeline.benchmarks.consuming.OrderSender;
import io.eventpipeline.benchmarks.consuming.Orders;
import io.eventpipeline.benchmarks.consuming.Reader;
import io.eventpipeline.benchmarks.consuming.SlowTarget;
import io.eventpipeline.benchmarks.consuming.TreeCpu;
import io.eventpipeline.benchmarks.consuming.WebhookReader;
import io.eventpipeline.benchmarks.processes.BenchmarkBroker;
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

/** {@code benchmarks/run parallel}: a slow target, by many keys at once and one by one. */
@Command(
        name = "parallel",
        mixinStandardHelpOptions = true,
        description =
                "Measures the webhook listener on one partition, many keys at once beside one call"
                        + " at a time, and checks the order of each key.")
final class ParallelCommand implements Callable<Integer> {

    private static final int ONLY_PARTITION = 0;

    @Mixin private RunOptions run = new RunOptions();

    @Option(
            names = "--records",
            defaultValue = "100000",
            description = "how many orders there are; ${DEFAULT-VALUE} if not given")
    private int records;

    @Option(
            names = "--keys",
            defaultValue = "1000",
            description = "of how many customers; ${DEFAULT-VALUE} if not given")
    private int keys;

    @Option(
            names = "--delay-ms",
            defaultValue = "5",
            description = "how long the target takes; ${DEFAULT-VALUE} if not given")
    private int delayMillis;

    @Option(
            names = "--seconds",
            defaultValue = "10",
            description = "how long each is measured at most; ${DEFAULT-VALUE} if not given")
    private int seconds;

    @Spec private CommandSpec command = CommandSpec.create();

    /** Needed by picocli. */
    ParallelCommand() {}

    @Override
    public Integer call() {
        PrintWriter out = command.commandLine().getOut();
        Path folder = run.folder();
        out.println("Logs and results are in " + folder);
        out.flush();
        List<Reader> readers = new ArrayList<>();
        try (BenchmarkBroker broker = BenchmarkBroker.start(folder);
                BenchmarkDatabase database = BenchmarkDatabase.start(folder);
                SlowTarget target = new SlowTarget(Duration.ofMillis(delayMillis))) {
            try {
                broker.makeTopic(OrderSender.TOPIC, 1);
                sendOrders(broker);
                readers.add(start("by key", List.of(), broker, database, target, folder));
                readers.add(
                        start(
                                "one by one",
                                List.of("pipeline.consumer.webhook.max-concurrent-calls=1"),
                                broker,
                                database,
                                target,
                                folder));
                RunOptions.report(
                        settings(),
                        new ReaderRounds(readers, out).run(run.warmUpRounds(), run.rounds()),
                        folder.resolve("parallel.json"),
                        out);
            } finally {
                readers.forEach(Reader::close);
            }
        }
        return 0;
    }

    private void sendOrders(BenchmarkBroker broker) {
        Orders orders = new Orders(records);
        try (OrderSender sender = new OrderSender(broker.bootstrapServers())) {
            for (int i = 0; i < records; i++) {
                String customer = "customer-" + i % keys;
                sender.send(orders.next(customer, customer + "/" + i / keys), ONLY_PARTITION);
            }
        }
    }

    private Reader start(
            String name,
            List<String> more,
            BenchmarkBroker broker,
            BenchmarkDatabase database,
            SlowTarget target,
            Path folder) {
        String process = name.replace(' ', '-');
        List<String> settings =
                new ArrayList<>(
                        List.of(
                                "spring.datasource.url="
                                        + database.create(process.replace('-', '_')),
                                "pipeline.consumer.archive.enabled=false",
                                "pipeline.consumer.webhook.url=" + target.url(),
                                "pipeline.consumer.webhook.topics=order-placed"));
        settings.addAll(run.settings());
        settings.addAll(more);
        ConsumerService service =
                ConsumerService.start(
                        process,
                        run.jar("consumer-service"),
                        run.jvmOptions(),
                        broker.bootstrapServers(),
                        settings,
                        folder);
        for (String listener : List.of("webhook", "shipments", "measurements")) {
            service.stop(listener);
        }
        Map<String, Long> processes = new LinkedHashMap<>();
        processes.put("reader", service.pid());
        processes.put("broker", broker.pid());
        return new WebhookReader(
                name,
                service,
                target,
                broker.bootstrapServers(),
                records,
                Duration.ofSeconds(seconds),
                new TreeCpu(processes));
    }

    private Map<String, Object> settings() {
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("records", records);
        settings.put("keys", keys);
        settings.put("delayMillis", delayMillis);
        settings.put("rounds", run.rounds());
        settings.put("serviceJvmOptions", run.jvmOptions());
        settings.put("serviceSettings", run.settings());
        return settings;
    }
}
