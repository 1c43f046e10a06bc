package io.eventpipeline.connect.worker;

import io.eventpipeline.connect.safety.ConnectorRules;
import io.eventpipeline.connect.safety.MaskingHerder;
import io.eventpipeline.connect.safety.Secrets;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.utils.Utils;
import org.apache.kafka.connect.runtime.Herder;
import org.apache.kafka.connect.runtime.distributed.DistributedConfig;
import org.apache.kafka.connect.runtime.distributed.DistributedHerder;
import org.apache.kafka.connect.runtime.isolation.Plugins;
import org.apache.kafka.connect.runtime.rest.ConnectRestServer;
import org.apache.kafka.connect.runtime.rest.RestClient;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One life of a Connect worker, started as {@code org.apache.kafka.connect.cli.ConnectDistributed}
 * does it.
 *
 * <p>It is not that class because that one ends the process where this one throws, registers a
 * shutdown hook of its own, and leaves no way to check connectors. The start is one thread's; the
 * rest is safe for use by several threads.
 */
final class ConnectWorker {

    private static final Logger log = LoggerFactory.getLogger(ConnectWorker.class);

    private static final Duration REST_GRACE = Duration.ofSeconds(3);

    private final ConnectRestServer rest;
    private final DistributedHerder herder;
    private final RunningWorker running;

    private ConnectWorker(ConnectRestServer rest, DistributedHerder herder, RunningWorker running) {
        this.rest = rest;
        this.herder = herder;
        this.running = running;
    }

    /**
     * Starts a worker; it is ready some time later.
     *
     * @throws RuntimeException if a port is taken, a setting is wrong or the brokers do not answer;
     *     nothing is left running then
     */
    static ConnectWorker start(
            Map<String, String> settings, ConnectorRules rules, Secrets secrets) {
        Plugins plugins = new Plugins(settings);
        // The worker's threads inherit the loader from this one, as do the classes of its settings.
        try (var _ = plugins.withClassLoader(plugins.delegatingLoader())) {
            DistributedConfig config = new DistributedConfig(settings);
            String clusterId = config.kafkaClusterId();
            RestClient restClient = new RestClient(config);
            ConnectRestServer rest =
                    new ConnectRestServer(
                            config.rebalanceTimeout(), restClient, config.originals());
            try {
                rest.initializeServer();
                URI url = rest.advertisedUrl();
                WorkerParts parts =
                        WorkerParts.of(config, plugins, clusterId, url, restClient, rules);
                MaskingHerder shown =
                        new MaskingHerder(parts.herder(), secrets, parts.placeholders()::transform);
                RunningWorker running =
                        new RunningWorker(
                                WorkerParts.workerId(url),
                                localUrl(rest),
                                url,
                                parts.herder(),
                                shown);
                parts.herder().onRestartAsked(running::restartAsked);
                shown.onRestartAsked(running::restartAsked);
                ConnectWorker worker = new ConnectWorker(rest, parts.herder(), running);
                worker.start(shown);
                return worker;
            } catch (RuntimeException e) {
                Utils.closeQuietly(rest::stop, "REST server of the worker that did not start");
                throw e;
            }
        }
    }

    private void start(Herder shown) {
        herder.start();
        try {
            rest.initializeResources(shown);
        } catch (RuntimeException e) {
            herder.stop();
            throw e;
        }
    }

    /** Whether the worker has read its topics, has joined its group and takes requests. */
    boolean isReady() {
        return herder.isReady() && !herder.herderTask().isDone();
    }

    /** What others may ask of it. */
    RunningWorker running() {
        return running;
    }

    private static URI localUrl(ConnectRestServer rest) {
        URI url = rest.serverUrl();
        String host =
                url.getHost() == null || isAnyInterface(url.getHost())
                        ? "127.0.0.1"
                        : url.getHost();
        return URI.create("%s://%s:%d/".formatted(url.getScheme(), host, url.getPort()));
    }

    private static boolean isAnyInterface(String host) {
        return host.equals("0.0.0.0") || host.equals("[::]");
    }

    /**
     * Waits for the worker's end.
     *
     * @return whether it has ended; false if the time was over first
     * @throws IllegalStateException if it ended by an error
     */
    boolean awaitEnd(Duration patience) throws InterruptedException {
        Future<?> task = herder.herderTask();
        try {
            task.get(patience.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException("The worker ended by an error", e.getCause());
        }
    }

    /**
     * Stops the worker: its tasks finish and commit their offsets, then it leaves its group.
     *
     * @param bound after this long the rest is left to itself
     * @return whether all was done within the bound
     */
    boolean stop(Duration bound) throws InterruptedException {
        Instant end = Instant.now().plus(bound);
        // A request that waits for the herder would hold up the REST server, and the herder with
        // it.
        Thread restStop = quietly("connect-rest-stop", rest::stop);
        boolean restStopped = restStop.join(REST_GRACE);
        Thread herderStop = quietly("connect-herder-stop", herder::stop);
        boolean herderStopped = herderStop.join(between(Instant.now(), end));
        boolean ended = herder.herderTask().isDone();
        return (restStopped || restStop.join(between(Instant.now(), end)))
                && herderStopped
                && ended;
    }

    private static Duration between(Instant from, Instant to) {
        Duration left = Duration.between(from, to);
        return left.isPositive() ? left : Duration.ofMillis(1);
    }

    private static Thread quietly(String name, Runnable work) {
        return Thread.ofPlatform()
                .daemon()
                .name(name)
                .start(() -> {
                    try {
                        work.run();
                    } catch (RuntimeException e) {
                        log.warn("Could not finish {}", name, e);
                    }
                });
    }
}
