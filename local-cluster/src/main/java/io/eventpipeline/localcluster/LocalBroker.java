package io.eventpipeline.localcluster;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;

/**
 * One broker of a {@link LocalKafka}, controller too, in a JVM of its own. Every start is on the
 * same data and the same ports. Safe for use by several threads.
 */
public final class LocalBroker {

    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(30);
    private static final int ANSWER_TIMEOUT_MILLIS = 2_000;

    private final int id;
    private final String host;
    private final int port;
    private final LocalProcess process;
    private final Duration startTimeout;

    LocalBroker(int id, String host, int port, LocalProcess process, Duration startTimeout) {
        this.id = id;
        this.host = host;
        this.port = port;
        this.process = process;
        this.startTimeout = startTimeout;
    }

    /**
     * Starts it and returns when it answers and is registered with the controller.
     *
     * @throws LocalClusterException if it does not within the cluster's start time-out
     */
    public void start() {
        launch();
        awaitRegistered(1);
    }

    /** Stops it in order (SIGTERM, leadership handed over); kills it after 30 s. */
    public void stop() {
        process.stop(STOP_TIMEOUT);
    }

    /** Kills it at once (SIGKILL) and returns when it is gone. */
    public void kill() {
        process.kill();
    }

    /** Freezes it (SIGSTOP). */
    public void suspend() {
        process.suspend();
    }

    /** Wakes it (SIGCONT). */
    public void resume() {
        process.resume();
    }

    /** Stops it in order if it runs, and starts it. */
    public void restart() {
        stop();
        start();
    }

    /** Whether its process runs; a frozen one does. */
    public boolean isAlive() {
        return process.isAlive();
    }

    /** The number of its process. */
    public long pid() {
        return process.pid();
    }

    /** Its node id. */
    public int id() {
        return id;
    }

    /** The port that clients connect to. */
    public int port() {
        return port;
    }

    /** {@code host:port} of this broker alone. */
    public String bootstrapServer() {
        return host + ":" + port;
    }

    /** What it logs. */
    public Path logFile() {
        return process.logFile();
    }

    LocalProcess process() {
        return process;
    }

    void launch() {
        process.start();
    }

    /** Waits until this broker itself answers and sees so many registered brokers, it included. */
    void awaitRegistered(int brokers) {
        Readiness.await(
                process,
                "listening on port " + port,
                startTimeout,
                () -> Readiness.accepts(host, port));
        Map<String, Object> client =
                Map.of(
                        AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bootstrapServer(),
                        AdminClientConfig.CLIENT_ID_CONFIG,
                        "local-cluster-" + id,
                        AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG,
                        ANSWER_TIMEOUT_MILLIS,
                        AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                        ANSWER_TIMEOUT_MILLIS);
        Properties properties = new Properties();
        properties.putAll(client);
        try (Admin admin = Admin.create(properties)) {
            Readiness.await(process, "registered", startTimeout, () -> sees(admin, brokers));
        }
    }

    private boolean sees(Admin admin, int brokers) {
        try {
            var nodes =
                    admin.describeCluster()
                            .nodes()
                            .get(ANSWER_TIMEOUT_MILLIS, TimeUnit.MILLISECONDS);
            return nodes.size() >= brokers && nodes.stream().anyMatch(node -> node.id() == id);
        } catch (ExecutionException | TimeoutException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LocalClusterException("interrupted while " + process.name() + " started", e);
        }
    }
}
