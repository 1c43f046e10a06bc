package io.eventpipeline.benchmarks;

import io.eventpipeline.benchmarks.consuming.ArchiveReader;
import io.eventpipeline.benchmarks.consuming.BenchmarkDatabase;
import io.eventpipeline.benchmarks.consuming.ConsumerService;
import io.eventpipeline.benchmarks.consuming.ConsumerTest;
import io.eventpipeline.benchmarks.consuming.Orders;
import io.eventpipeline.benchmarks.consuming.PlainReader;
import io.eventpipeline.benchmarks.consuming.Reader;
import io.eventpipeline.benchmarks.consuming.TableReader;
import io.eventpipeline.benchmarks.consuming.TreeCpu;
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

/** {@code benchmarks/run consume}: how fast orders are stored, beside a plain listener. */
@Command(
        name = "consume",
        mixinStandardHelpOptions = true,
        description =
                "Measures consumer-service's ways into PostgreSQL and into the archive, a listener"
                        + " that writes row by row, and Kafka's consumer test, in turns.")
final class ConsumeCommand implements Callable<Integer> {

    @Mixin private RunOptions run = new RunOptions();

    @Option(
            names = "--records",
            defaultValue = "500000",
            description = "how many orders are read each time; ${DEFAULT-VALUE} if not given")
    private long records;

    @Option(
            names = "--repeats",
            defaultValue = "0",
            paramLabel = "PERCENT",
            description = "how many of a hundred are repeats; ${DEFAULT-VALUE} if not given")
    private double repeats;

    @Option(
            names = "--plain-seconds",
            defaultValue = "10",
            description = "how long the plain listener is measured; ${DEFAULT-VALUE} if not given")
    private int plainSeconds;

    @Option(
            names = "--plain-threads",
            split = ",",
            paramLabel = "NUMBER",
            description = "plain listeners with so many consumers; 1 if not given, 0 for none")
    private List<Integer> plainThreads = List.of(1);

    @Option(
            names = "--beside",
            paramLabel = "PROPERTY=VALUE",
            description =
                    "a second service with this setting, measured in the same rounds; may be"
                            + " repeated")
    private List<String> beside = new ArrayList<>();

    @Option(names = "--tables-only", description = "neither archive nor Kafka's consumer test")
    private boolean tablesOnly;

    @Spec private CommandSpec command = CommandSpec.create();

    /** Needed by picocli. */
    ConsumeCommand() {}

    @Override
    public Integer call() {
        PrintWriter out = command.commandLine().getOut();
        Path folder = run.folder();
        out.println("Logs and results are in " + folder);
        out.flush();
        List<Reader> readers = new ArrayList<>();
        try (BenchmarkBroker broker = BenchmarkBroker.start(folder);
                BenchmarkDatabase database = BenchmarkDatabase.start(folder)) {
            try {
                start(readers, broker, database, folder);
                RunOptions.report(
                        settings(),
                        new ReaderRounds(readers, out).run(run.warmUpRounds(), run.rounds()),
                        folder.resolve("consume.json"),
                        out);
            } finally {
                readers.forEach(Reader::close);
            }
        }
        return 0;
    }

    private void start(
            List<Reader> readers, BenchmarkBroker broker, BenchmarkDatabase database, Path folder) {
        List<ConsumerService> services = new ArrayList<>();
        List<String> names = new ArrayList<>(List.of("tables"));
        beside.forEach(setting -> names.add("tables, " + setting));
        Path archive = folder.resolve("archive");
        List<String> urls = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            urls.add(database.create("service_" + i));
            List<String> settings =
                    new ArrayList<>(
                            List.of(
                                    "spring.datasource.url=" + urls.get(i),
                                    "pipeline.consumer.archive.folder=" + archive,
                                    "pipeline.consumer.archive.topics=order-placed",
                                    // So that the last file does not stay open for minutes.
                                    "pipeline.consumer.archive.max-age=1s",
                                    "pipeline.consumer.archive.enabled="
                                            + (i == 0 && !tablesOnly)));
            settings.addAll(run.settings());
            if (i > 0) {
                settings.add(beside.get(i - 1));
            }
            ConsumerService service =
                    ConsumerService.start(
                            "service-" + i,
                            run.jar("consumer-service"),
                            run.jvmOptions(),
                            broker.bootstrapServers(),
                            settings,
                            folder);
            services.add(service);
            service.stop("shipments");
            service.stop("measurements");
        }
        if (!tablesOnly) {
            services.getFirst().stop("archive");
        }
        long begin = System.nanoTime();
        long distinct = Orders.send(broker.bootstrapServers(), records, repeats);
        command.commandLine()
                .getOut()
                .printf("%,d orders sent in %.1f s%n", records, (System.nanoTime() - begin) / 1e9);
        for (int i = 0; i < services.size(); i++) {
            readers.add(
                    new TableReader(
                            names.get(i),
                            services.get(i),
                            database.session(urls.get(i)),
                            records,
                            distinct,
                            cpu(services.get(i), broker, database)));
        }
        for (int threads : plainThreads) {
            if (threads > 0) {
                readers.add(
                        new PlainReader(
                                database,
                                urls.getFirst(),
                                broker.bootstrapServers(),
                                threads,
                                Duration.ofSeconds(plainSeconds),
                                folder,
                                broker.pid()));
            }
        }
        if (!tablesOnly) {
            readers.add(
                    new ArchiveReader(
                            services.getFirst(),
                            archive,
                            broker.bootstrapServers(),
                            records,
                            cpu(services.getFirst(), broker, database)));
            readers.add(new ConsumerTest(broker.bootstrapServers(), records, folder, broker.pid()));
        }
    }

    private static TreeCpu cpu(
            ConsumerService service, BenchmarkBroker broker, BenchmarkDatabase database) {
        Map<String, Long> processes = new LinkedHashMap<>();
        processes.put("reader", service.pid());
        processes.put("postgres", database.pid());
        processes.put("broker", broker.pid());
        return new TreeCpu(processes);
    }

    private Map<String, Object> settings() {
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("records", records);
        settings.put("repeatPercent", repeats);
        settings.put("rounds", run.rounds());
        settings.put("serviceJvmOptions", run.jvmOptions());
        settings.put("serviceSettings", run.settings());
        return settings;
    }
}
