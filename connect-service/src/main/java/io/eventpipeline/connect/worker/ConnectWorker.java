package io.eventpipeline.connect.worker;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.common.utils.Utils;
import org.apache.kafka.connect.connector.policy.ConnectorClientConfigOverridePolicy;
import org.apache.kafka.connect.errors.NotFoundException;
import org.apache.kafka.connect.json.JsonConverter;
import org.apache.kafka.connect.json.JsonConverterConfig;
import org.apache.kafka.connect.runtime.Worker;
import org.apache.kafka.connect.runtime.WorkerConfig;
import org.apache.kafka.connect.runtime.WorkerConfigTransformer;
import org.apache.kafka.connect.runtime.distributed.DistributedConfig;
import org.apache.kafka.connect.runtime.distributed.DistributedHerder;
import org.apache.kafka.connect.runtime.isolation.Plugins;
import org.apache.kafka.connect.runtime.rest.ConnectRestServer;
import org.apache.kafka.connect.runtime.rest.RestClient;
import org.apache.kafka.connect.runtime.rest.entities.ConnectorStateInfo;
import org.apache.kafka.connect.storage.Converter;
import org.apache.kafka.connect.storage.KafkaConfigBackingStore;
import org.apache.kafka.connect.storage.KafkaOffsetBackingStore;
import org.apache.kafka.connect.storage.KafkaStatusBackingStore;
import org.apache.kafka.connect.util.ConnectUtils;
import org.apache.kafka.connect.util.SharedTopicAdmin;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One life of a Connect worker, put together as {@code
 * org.apache.kafka.connect.cli.ConnectDistributed} does it.
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
    private final String id;

    private ConnectWorker(ConnectRestServer rest, DistributedHerder herder, String id) {
        this.rest = rest;
        this.herder = herder;
        this.id = id;
    }

    /**
     * Starts a worker; it is ready some time later.
     *
     * @throws RuntimeException if a port is taken, a setting is wrong or the brokers do not answer;
     *     nothing is left running then
     */
    static ConnectWorker start(Map<String, String> settings, FileFolder files) {
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
                String id = url.getHost() + ":" + url.getPort();
                DistributedHerder herder =
                        herder(config, plugins, clusterId, url, id, restClient, files);
                ConnectWorker worker = new ConnectWorker(rest, herder, id);
                worker.start();
                return worker;
            } catch (RuntimeException e) {
                Utils.closeQuietly(rest::stop, "REST server of the worker that did not start");
                throw e;
            }
        }
    }

    private static DistributedHerder herder(
            DistributedConfig config,
            Plugins plugins,
            String clusterId,
            URI url,
            String id,
            RestClient restClient,
            FileFolder files) {
        ConnectorClientConfigOverridePolicy overrides =
                plugins.newPlugin(
                        config.getString(WorkerConfig.CONNECTOR_CLIENT_POLICY_CLASS_CONFIG),
                        config,
                        ConnectorClientConfigOverridePolicy.class);
        String clientId = ConnectUtils.clientIdBase(config);
        Map<String, Object> adminSettings = new HashMap<>(config.originals());
        ConnectUtils.addMetricsContextProperties(adminSettings, config, clusterId);
        adminSettings.put("client.id", clientId + "shared-admin");
        SharedTopicAdmin admin = new SharedTopicAdmin(adminSettings);

        KafkaOffsetBackingStore offsets =
                new KafkaOffsetBackingStore(
                        admin,
                        () -> clientId,
                        plugins.newInternalConverter(
                                true,
                                JsonConverter.class.getName(),
                                Map.of(JsonConverterConfig.SCHEMAS_ENABLE_CONFIG, "false")));
        offsets.configure(config);
        Worker worker = new Worker(id, Time.SYSTEM, plugins, config, offsets, overrides);
        WorkerConfigTransformer placeholders = worker.configTransformer();
        Converter converter = worker.getInternalValueConverter();
        KafkaStatusBackingStore statuses =
                new KafkaStatusBackingStore(Time.SYSTEM, converter, admin, clientId);
        statuses.configure(config);
        return new ConfinedHerder(
                config,
                worker,
                clusterId,
                statuses,
                new KafkaConfigBackingStore(converter, config, placeholders, admin, clientId),
                url.toString(),
                restClient,
                overrides,
                files,
                admin);
    }

    private void start() {
        herder.start();
        try {
            rest.initializeResources(herder);
        } catch (RuntimeException e) {
            herder.stop();
            throw e;
        }
    }

    /** Whether the worker has read its topics, has joined its group and takes requests. */
    boolean isReady() {
        return herder.isReady() && !herder.herderTask().isDone();
    }

    /** The worker's name in its group: the advertised host and port. */
    String id() {
        return id;
    }

    /** Where the REST API answers on this machine, whatever it advertises to others. */
    URI localUrl() {
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

    /** The connectors of the group that have a state already. */
    List<ConnectorState> connectors() {
        List<ConnectorState> states = new ArrayList<>();
        for (String name : herder.connectors()) {
            try {
                states.add(stateOf(herder.connectorStatus(name)));
            } catch (NotFoundException e) {
                // It was added a moment ago, or is being removed.
                log.debug("The connector {} has no state", name);
            }
        }
        return states;
    }

    private static ConnectorState stateOf(ConnectorStateInfo info) {
        return new ConnectorState(
                info.name(),
                instance(info.connector()),
                info.tasks().stream()
                        .map(task -> new ConnectorState.Task(task.id(), instance(task)))
                        .toList());
    }

    private static ConnectorState.Instance instance(ConnectorStateInfo.AbstractState state) {
        return new ConnectorState.Instance(
                state.state(), state.workerId(), firstLine(state.trace()));
    }

    private static @Nullable String firstLine(@Nullable String trace) {
        return trace == null ? null : trace.lines().findFirst().orElse(null);
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
