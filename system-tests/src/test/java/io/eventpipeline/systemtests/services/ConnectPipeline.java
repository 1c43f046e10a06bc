package io.eventpipeline.systemtests.services;

import io.eventpipeline.localcluster.FreePorts;
import io.eventpipeline.localcluster.LocalKafka;
import io.eventpipeline.model.topic.TopicCatalogue;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A broker and workers of connect-service, which form one group and share the folder of the file
 * connectors. Ends by killing everything. Its logs stay in {@code target/logs/<name>} until the
 * next.
 */
public final class ConnectPipeline implements AutoCloseable {

    private final LocalKafka kafka;
    private final List<Worker> workers = new ArrayList<>();
    private final TopicCatalogue topics = new TopicCatalogue("dev");
    private final Path files;

    /**
     * A worker.
     *
     * @param process the process
     * @param rest where Kafka Connect's REST API answers
     */
    public record Worker(ServiceProcess process, URI rest) {

        /** The name under which the group knows it. */
        public String id() {
            return rest.getHost() + ":" + rest.getPort();
        }
    }

    private ConnectPipeline(String name, int count, Path data) {
        Path logs = RunningPipeline.emptyLogFolder(name);
        files = data.resolve("files");
        kafka = LocalKafka.builder().dataFolder(data.resolve("kafka")).logFolder(logs).build();
        List<Integer> ports = FreePorts.take("127.0.0.1", 2 * count);
        for (int number = 1; number <= count; number++) {
            int restPort = ports.get(2 * number - 2);
            workers.add(
                    new Worker(
                            ServiceProcess.of(
                                    "connect-" + number,
                                    ServiceJar.CONNECT,
                                    ports.get(2 * number - 1),
                                    logs,
                                    settings(restPort)),
                            URI.create("http://127.0.0.1:" + restPort)));
        }
    }

    private Map<String, String> settings(int restPort) {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("spring.kafka.bootstrap-servers", kafka.bootstrapServers());
        settings.put("pipeline.connect.rest-port", Integer.toString(restPort));
        settings.put(
                "pipeline.connect.plugin-path",
                ProjectTree.root().resolve("connect-plugins/target/plugins").toString());
        settings.put("pipeline.connect.files", files.toString());
        settings.put("pipeline.connect.declared.built-in", "");
        return settings;
    }

    /**
     * Starts a pipeline and returns when every worker is ready.
     *
     * @param name the folder of its logs
     * @param workers how many
     * @param data where the broker and the connectors keep their data
     */
    public static ConnectPipeline start(String name, int workers, Path data) {
        ConnectPipeline pipeline = new ConnectPipeline(name, workers, data);
        try {
            pipeline.kafka.start();
            pipeline.workers.forEach(worker -> worker.process().launch());
            pipeline.workers.forEach(worker -> worker.process().awaitReady());
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

    /** The workers, in the order of their numbers. */
    public List<Worker> workers() {
        return workers;
    }

    /** The topics by name. */
    public TopicCatalogue topics() {
        return topics;
    }

    /** Where the file connectors may read and write. */
    public Path files() {
        return files;
    }

    @Override
    public void close() {
        workers.forEach(worker -> worker.process().close());
        kafka.close();
    }
}
