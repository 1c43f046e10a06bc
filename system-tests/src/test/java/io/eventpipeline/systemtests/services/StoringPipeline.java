package io.eventpipeline.systemtests.services;

import io.eventpipeline.localcluster.FreePorts;
import io.eventpipeline.localcluster.LocalKafka;
import io.eventpipeline.localcluster.LocalPostgres;
import io.eventpipeline.model.topic.TopicCatalogue;
import io.eventpipeline.systemtests.proxy.DatabaseProxy;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * Three brokers, a database and instances of consumer-service, each of which reaches the database
 * through a door of its own, and all of which share one archive. Ends by killing everything. Its
 * logs stay in {@code target/logs/<name>} until the next.
 */
public final class StoringPipeline implements AutoCloseable {

    private static final int BROKERS = 3;

    private final LocalKafka kafka;
    private final LocalPostgres postgres;
    private final List<Instance> instances = new ArrayList<>();
    private final TopicCatalogue topics = new TopicCatalogue("dev");
    private final Path archive;

    /**
     * An instance of consumer-service.
     *
     * @param process the process, whose name is the instance's id too
     * @param door its way to the database
     */
    public record Instance(ServiceProcess process, DatabaseProxy door) {

        /** What messages call it, and its owner column begins with. */
        public String name() {
            return process.name();
        }
    }

    private StoringPipeline(String name, int consumers, Duration session, Path data) {
        Path logs = RunningPipeline.emptyLogFolder(name);
        archive = data.resolve("archive");
        kafka =
                LocalKafka.builder()
                        .brokers(BROKERS)
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
        List<Integer> ports = FreePorts.take("127.0.0.1", consumers);
        for (int number = 1; number <= consumers; number++) {
            DatabaseProxy door = new DatabaseProxy(postgres.port());
            String instance = "consumer-" + number;
            instances.add(
                    new Instance(
                            ServiceProcess.of(
                                    instance,
                                    ServiceJar.CONSUMER,
                                    ports.get(number - 1),
                                    logs,
                                    settings(instance, door, session)),
                            door));
        }
    }

    private Map<String, String> settings(String instance, DatabaseProxy door, Duration session) {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("spring.kafka.bootstrap-servers", kafka.bootstrapServers());
        settings.put("pipeline.replication-factor", Integer.toString(BROKERS));
        settings.put("pipeline.consumer.instance-id", instance);
        settings.put(
                "spring.datasource.url",
                "jdbc:postgresql://127.0.0.1:%d/pipeline?ApplicationName=%s"
                        .formatted(door.port(), instance));
        settings.put(
                "spring.kafka.consumer.properties.session.timeout.ms",
                Long.toString(session.toMillis()));
        settings.put("spring.kafka.consumer.heartbeat-interval", "1s");
        settings.put("pipeline.consumer.archive.folder", archive.toString());
        settings.put("pipeline.consumer.archive.topics", "order-placed");
        settings.put("pipeline.consumer.archive.max-age", "5s");
        return settings;
    }

    /**
     * Starts a pipeline and returns when every instance is ready.
     *
     * @param name the folder of its logs
     * @param consumers how many instances of consumer-service
     * @param session after what silence an instance is taken for dead; the brokers take 6 s or more
     * @param data where brokers, database and archive keep their data
     */
    public static StoringPipeline start(String name, int consumers, Duration session, Path data) {
        StoringPipeline pipeline = new StoringPipeline(name, consumers, session, data);
        try {
            CompletableFuture<?> database = CompletableFuture.runAsync(pipeline.postgres::start);
            pipeline.kafka.start();
            database.join();
            pipeline.instances.forEach(instance -> instance.process().launch());
            pipeline.instances.forEach(instance -> instance.process().awaitReady());
            return pipeline;
        } catch (RuntimeException e) {
            pipeline.close();
            throw e;
        }
    }

    /** The brokers. */
    public LocalKafka kafka() {
        return kafka;
    }

    /** The database server, past all doors. */
    public LocalPostgres postgres() {
        return postgres;
    }

    /** The instances, in the order of their numbers. */
    public List<Instance> instances() {
        return instances;
    }

    /** The topics by name. */
    public TopicCatalogue topics() {
        return topics;
    }

    /** Where the archive is. */
    public Path archive() {
        return archive;
    }

    /** A new connection to the database past all doors, for the test's own questions. */
    public Connection connect() throws SQLException {
        return RunningPipeline.connect(postgres);
    }

    @Override
    public void close() {
        instances.forEach(instance -> instance.process().close());
        kafka.close();
        postgres.close();
        instances.forEach(instance -> instance.door().close());
    }
}
