package io.eventpipeline.systemtests.services;

import static org.awaitility.Awaitility.await;

import io.eventpipeline.localcluster.FreePorts;
import io.eventpipeline.localcluster.LocalKafka;
import io.eventpipeline.model.topic.TopicCatalogue;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Three brokers and instances of streams-service, each with a folder of its own for its stores, and
 * a standby for each store. Ends by killing everything. Its logs stay in {@code target/logs/<name>}
 * until the next.
 */
public final class AskedPipeline implements AutoCloseable {

    private static final int BROKERS = 3;
    private static final Duration TIMEOUT = Duration.ofMinutes(5);

    private final LocalKafka kafka;
    private final List<ServiceProcess> instances = new ArrayList<>();
    private final List<ServiceProcess> living = new CopyOnWriteArrayList<>();
    private final TopicCatalogue topics = new TopicCatalogue("dev");

    private AskedPipeline(String name, int instances, Duration session, Path data) {
        Path logs = RunningPipeline.emptyLogFolder(name);
        kafka =
                LocalKafka.builder()
                        .brokers(BROKERS)
                        .dataFolder(data.resolve("kafka"))
                        .logFolder(logs)
                        .build();
        List<Integer> ports = FreePorts.take("127.0.0.1", instances);
        for (int number = 1; number <= instances; number++) {
            String instance = "streams-" + number;
            this.instances.add(
                    ServiceProcess.of(
                            instance,
                            ServiceJar.STREAMS,
                            ports.get(number - 1),
                            logs,
                            settings(data.resolve(instance), session)));
        }
    }

    private Map<String, String> settings(Path state, Duration session) {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("spring.kafka.bootstrap-servers", kafka.bootstrapServers());
        settings.put("pipeline.replication-factor", Integer.toString(BROKERS));
        settings.put("pipeline.streams.state-dir", state.toString());
        settings.put(
                "spring.kafka.streams.properties.main.consumer.session.timeout.ms",
                Long.toString(session.toMillis()));
        return settings;
    }

    /**
     * Starts a pipeline and returns when every instance is ready.
     *
     * @param name the folder of its logs
     * @param instances how many instances of streams-service
     * @param session after what silence an instance is taken for dead; the brokers take 6 s or more
     * @param data where brokers and stores keep their data
     */
    public static AskedPipeline start(String name, int instances, Duration session, Path data) {
        AskedPipeline pipeline = new AskedPipeline(name, instances, session, data);
        try {
            pipeline.kafka.start();
            pipeline.instances.forEach(ServiceProcess::launch);
            pipeline.instances.forEach(ServiceProcess::awaitReady);
            pipeline.living.addAll(pipeline.instances);
            return pipeline;
        } catch (RuntimeException e) {
            pipeline.close();
            throw e;
        }
    }

    /** Kills an instance with SIGKILL; nobody should ask it any more. */
    public void kill(ServiceProcess instance) {
        living.remove(instance);
        instance.kill();
    }

    /** Starts an instance that was killed and waits until it is ready; it may be asked before. */
    public void startAgain(ServiceProcess instance) {
        instance.launch();
        await(instance.name() + " to listen")
                .atMost(TIMEOUT)
                .until(() -> Rest.statusOf(instance.uri("/actuator/health/liveness")) != 0);
        living.add(instance);
        instance.awaitReady();
    }

    /** The brokers. */
    public LocalKafka kafka() {
        return kafka;
    }

    /** All instances, in the order of their numbers. */
    public List<ServiceProcess> instances() {
        return instances;
    }

    /** The instances whose web server runs. */
    public List<ServiceProcess> living() {
        return living;
    }

    /** The topics by name. */
    public TopicCatalogue topics() {
        return topics;
    }

    @Override
    public void close() {
        instances.forEach(ServiceProcess::close);
        kafka.close();
    }
}
