package io.eventpipeline.connect.worker;

import io.eventpipeline.connect.safety.MaskingHerder;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.connect.errors.NotFoundException;
import org.apache.kafka.connect.runtime.distributed.DistributedHerder;
import org.apache.kafka.connect.runtime.distributed.RebalanceNeededException;
import org.apache.kafka.connect.runtime.distributed.RequestTargetException;
import org.apache.kafka.connect.runtime.rest.entities.ConnectorInfo;
import org.apache.kafka.connect.runtime.rest.entities.ConnectorStateInfo;
import org.apache.kafka.connect.util.ConnectorTaskId;
import org.apache.kafka.connect.util.FutureCallback;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A worker that takes requests: what it knows of its group, and the few things that this service
 * asks of it. Every call ends within a bound. Safe for use by several threads.
 */
public final class RunningWorker {

    private static final Logger log = LoggerFactory.getLogger(RunningWorker.class);

    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final String LEADER = "leader-name";

    private final String id;
    private final URI localUrl;
    private final URI advertisedUrl;
    private final DistributedHerder herder;
    private final MaskingHerder shown;
    private final Map<String, Long> acts = new ConcurrentHashMap<>();

    RunningWorker(
            String id,
            URI localUrl,
            URI advertisedUrl,
            DistributedHerder herder,
            MaskingHerder shown) {
        this.id = id;
        this.localUrl = localUrl;
        this.advertisedUrl = advertisedUrl;
        this.herder = herder;
        this.shown = shown;
    }

    /** The worker's name in its group: the advertised host and port. */
    public String id() {
        return id;
    }

    /** Where the REST API answers on this machine, whatever it advertises to others. */
    public URI localUrl() {
        return localUrl;
    }

    /** Where the worker that decides for the group answers; empty while there is none. */
    public Optional<URI> leader() {
        return metrics().entrySet().stream()
                .filter(metric -> metric.getKey().name().equals(LEADER))
                .map(metric -> metric.getValue().metricValue())
                .filter(String.class::isInstance)
                .map(value -> URI.create((String) value))
                .findFirst();
    }

    /** Whether this worker decides for the group. */
    public boolean isLeader() {
        return leader().filter(advertisedUrl::equals).isPresent();
    }

    /** All connectors of the group that have a state, those on other workers included. */
    public List<ConnectorState> connectors() {
        List<ConnectorState> states = new ArrayList<>();
        for (String name : herder.connectors()) {
            try {
                states.add(stateOf(shown.connectorStatus(name)));
            } catch (NotFoundException e) {
                // It was added a moment ago, or is being removed.
                log.debug("The connector {} has no state", name);
            }
        }
        return states;
    }

    private ConnectorState stateOf(ConnectorStateInfo info) {
        return new ConnectorState(
                info.name(),
                info.type().toString(),
                revision(info.name()),
                instance(info.connector()),
                info.tasks().stream()
                        .map(task -> new ConnectorState.Task(task.id(), instance(task)))
                        .toList());
    }

    private String revision(String connector) {
        return acts.getOrDefault(connector, 0L) + "/" + config(connector).hashCode();
    }

    private static ConnectorState.Instance instance(ConnectorStateInfo.AbstractState state) {
        return new ConnectorState.Instance(
                state.state(), state.workerId(), firstLine(state.trace()));
    }

    private static @Nullable String firstLine(@Nullable String trace) {
        return trace == null ? null : trace.lines().findFirst().orElse(null);
    }

    /**
     * A connector's settings as they are stored, secrets included: not for an answer or a log.
     *
     * @return empty where there is no such connector
     */
    public Optional<Map<String, String>> config(String connector) {
        return Optional.ofNullable(herder.connectorInfo(connector)).map(ConnectorInfo::config);
    }

    /** Settings of a connector as an answer may show them. */
    public Map<String, String> shown(Map<String, String> config) {
        return shown.masked(config);
    }

    /**
     * Restarts a connector without its tasks, or a task, of this worker.
     *
     * @return whether the worker took the request; it does not while it is rebalancing
     */
    public boolean restart(String connector, @Nullable Integer task) throws InterruptedException {
        FutureCallback<Void> done = new FutureCallback<>();
        if (task == null) {
            herder.restartConnector(connector, done);
        } else {
            herder.restartTask(new ConnectorTaskId(connector, task), done);
        }
        try {
            done.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (ExecutionException e) {
            // Any other error is one of the restarted, which its state tells.
            return !(e.getCause() instanceof RebalanceNeededException
                    || e.getCause() instanceof RequestTargetException
                    || e.getCause() instanceof NotFoundException);
        } catch (TimeoutException e) {
            log.debug("The restart of {} takes long", connector, e);
            return true;
        }
    }

    /** Takes note that somebody asked for a restart. */
    void restartAsked(String connector) {
        acts.merge(connector, 1L, Long::sum);
    }

    /** How many plugins were found: connectors, and all kinds together. */
    public PluginCount plugins() {
        var plugins = herder.plugins();
        int connectors = plugins.sinkConnectors().size() + plugins.sourceConnectors().size();
        return new PluginCount(
                connectors,
                connectors
                        + plugins.converters().size()
                        + plugins.headerConverters().size()
                        + plugins.transformations().size()
                        + plugins.predicates().size());
    }

    /** Kafka Connect's own metrics of this worker, its connectors and its tasks. */
    public Map<MetricName, ? extends Metric> metrics() {
        return herder.connectMetrics().metrics().metrics();
    }

    /**
     * How many plugins a worker has found.
     *
     * @param connectors sources and sinks
     * @param all converters, transforms and predicates too
     */
    public record PluginCount(int connectors, int all) {}
}
