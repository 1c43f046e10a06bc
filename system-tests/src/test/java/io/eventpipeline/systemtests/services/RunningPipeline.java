package io.eventpipeline.systemtests.services;

import io.eventpipeline.localcluster.FreePorts;
import io.eventpipeline.localcluster.LocalKafka;
import io.eventpipeline.localcluster.LocalPostgres;
import io.eventpipeline.model.topic.TopicCatalogue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

/**
 * Brokers, a database, producer-service, streams-service and some instances of consumer-service,
 * all started and ready. Ends by killing everything. Its logs stay in {@code target/logs/<name>}
 * until the next.
 */
public final class RunningPipeline implements AutoCloseable {

    private final LocalKafka kafka;
    private final LocalPostgres postgres;
    private final ServiceProcess producer;
    private final ServiceProcess streams;
    private final List<ServiceProcess> consumers;
    private final TopicCatalogue topics = new TopicCatalogue("dev");

    private RunningPipeline(String name, int brokers, int consumers, Path data) {
        Path logs = emptyLogFolder(name);
        kafka =
                LocalKafka.builder()
                        .brokers(brokers)
                        .dataFolder(data.resolve("kafka"))
                        .logFolder(logs)
                        .build();
        postgres =
                LocalPostgres.builder()
                        .dataFolder(data.resolve("postgresql"))
                        .logFile(logs.resolve("postgresql.log"))
                        // Safe against kill -9 all the same; only the machine may not crash.
                        .setting("fsync", "off")
                        .build();
        List<Integer> ports = FreePorts.take("127.0.0.1", 2 + consumers);
        Map<String, String> common = new LinkedHashMap<>();
        common.put("spring.kafka.bootstrap-servers", kafka.bootstrapServers());
        common.put("pipeline.replication-factor", Integer.toString(brokers));
        producer =
                ServiceProcess.of(
                        "producer-service", ServiceJar.PRODUCER, ports.get(0), logs, common);
        Map<String, String> stateful = new LinkedHashMap<>(common);
        stateful.put("pipeline.streams.state-dir", data.resolve("streams").toString());
        streams =
                ServiceProcess.of(
                        "streams-service", ServiceJar.STREAMS, ports.get(1), logs, stateful);
        Map<String, String> storing = new LinkedHashMap<>(common);
        storing.put("pipeline.consumer.archive.folder", data.resolve("archive").toString());
        this.consumers =
                IntStream.rangeClosed(1, consumers)
                        .mapToObj(number ->
                                consumer(
                                        "consumer-service-" + number,
                                        ports.get(1 + number),
                                        logs,
                                        storing))
                        .toList();
    }

    /**
     * Starts a pipeline and returns when every service is ready.
     *
     * @param name the folder of its logs
     * @param brokers 1, or 3 with every topic in three copies of which two must be in sync
     * @param consumers how many instances of consumer-service
     * @param data where brokers, database and state stores keep their data
     */
    public static RunningPipeline start(String name, int brokers, int consumers, Path data) {
        RunningPipeline pipeline = new RunningPipeline(name, brokers, consumers, data);
        try {
            CompletableFuture<?> database = CompletableFuture.runAsync(pipeline.postgres::start);
            pipeline.kafka.start();
            database.join();
            pipeline.services().forEach(ServiceProcess::launch);
            pipeline.services().forEach(ServiceProcess::awaitReady);
            return pipeline;
        } catch (RuntimeException e) {
            pipeline.close();
            throw e;
        }
    }

    private ServiceProcess consumer(String name, int port, Path logs, Map<String, String> common) {
        Map<String, String> settings = new LinkedHashMap<>(common);
        // The name makes its sessions known in pg_stat_activity.
        settings.put("spring.datasource.url", postgres.jdbcUrl() + "?ApplicationName=" + name);
        return ServiceProcess.of(name, ServiceJar.CONSUMER, port, logs, settings);
    }

    private List<ServiceProcess> services() {
        List<ServiceProcess> all = new ArrayList<>(List.of(producer, streams));
        all.addAll(consumers);
        return all;
    }

    /** Logs are appended to: those of an earlier run would mislead. */
    static Path emptyLogFolder(String name) {
        Path folder = ProjectTree.root().resolve("system-tests/target/logs").resolve(name);
        try {
            Files.createDirectories(folder);
            try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
                for (Path file : files) {
                    Files.delete(file);
                }
            }
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException("could not empty " + folder, e);
        }
    }

    /** The brokers. */
    public LocalKafka kafka() {
        return kafka;
    }

    /** The database server. */
    public LocalPostgres postgres() {
        return postgres;
    }

    /** The door. */
    public ServiceProcess producer() {
        return producer;
    }

    /** The topologies. */
    public ServiceProcess streams() {
        return streams;
    }

    /** The instances that store, in the order of their numbers. */
    public List<ServiceProcess> consumers() {
        return consumers;
    }

    /** The topics by name. */
    public TopicCatalogue topics() {
        return topics;
    }

    /** A new connection to the database, for the test's own questions. */
    public Connection connect() throws SQLException {
        return connect(postgres);
    }

    static Connection connect(LocalPostgres postgres) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", postgres.username());
        properties.setProperty("password", postgres.password());
        properties.setProperty("ApplicationName", "system-tests");
        properties.setProperty("socketTimeout", "60");
        return DriverManager.getConnection(postgres.jdbcUrl(), properties);
    }

    @Override
    public void close() {
        services().forEach(ServiceProcess::close);
        kafka.close();
        postgres.close();
    }
}
