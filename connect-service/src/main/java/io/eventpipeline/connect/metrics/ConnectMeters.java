package io.eventpipeline.connect.metrics;

import io.eventpipeline.connect.worker.RunningWorker;
import io.eventpipeline.connect.worker.WorkerAccess;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Gives Kafka Connect's metrics of this worker to Micrometer, under {@code kafka.connect.} and
 * their own names, with the tags {@code connector} and {@code task}. Tasks come and go, and their
 * series with them; of how many there are series is bounded. One thread at a time refreshes.
 */
@Component
class ConnectMeters {

    private static final Logger log = LoggerFactory.getLogger(ConnectMeters.class);

    private static final String PREFIX = "kafka.connect.";
    private static final String CONNECTOR = "connector";
    private static final String TASK = "task";

    /** Rates and most averages are left out: Prometheus computes them from the totals. */
    private static final Map<String, Set<String>> CHOSEN =
            Map.of(
                    "connector-task-metrics",
                    Set.of(
                            "running-ratio",
                            "pause-ratio",
                            "batch-size-avg",
                            "offset-commit-avg-time-ms",
                            "offset-commit-max-time-ms",
                            "offset-commit-failure-percentage"),
                    "source-task-metrics",
                    Set.of(
                            "source-record-poll-total",
                            "source-record-write-total",
                            "source-record-active-count",
                            "poll-batch-avg-time-ms",
                            "transaction-size-avg"),
                    "sink-task-metrics",
                    Set.of(
                            "sink-record-read-total",
                            "sink-record-send-total",
                            "sink-record-active-count",
                            "partition-count",
                            "offset-commit-completion-total",
                            "offset-commit-skip-total",
                            "put-batch-avg-time-ms",
                            "put-batch-max-time-ms"),
                    "task-error-metrics",
                    Set.of(
                            "total-record-failures",
                            "total-record-errors",
                            "total-records-skipped",
                            "total-retries",
                            "deadletterqueue-produce-requests",
                            "deadletterqueue-produce-failures",
                            "last-error-timestamp"),
                    "connect-worker-metrics",
                    Set.of(
                            "connector-count",
                            "task-count",
                            "connector-startup-failure-total",
                            "task-startup-failure-total"),
                    "connect-worker-rebalance-metrics",
                    Set.of(
                            "epoch",
                            "rebalancing",
                            "completed-rebalances-total",
                            "rebalance-max-time-ms",
                            "time-since-last-rebalance-ms"));

    private final WorkerAccess worker;
    private final MeterRegistry registry;
    private final int maxTasks;
    private final SinkLag sinkLag = new SinkLag();
    private final Map<Series, Meter> meters = new HashMap<>();
    private volatile Map<Series, Metric> values = Map.of();
    private boolean saidTooMany;

    ConnectMeters(
            WorkerAccess worker, MeterRegistry registry, ConnectMetricsProperties properties) {
        this.worker = worker;
        this.registry = registry;
        this.maxTasks = properties.maxTasks();
    }

    /** A value of a connector or task; the tags are empty where they do not apply. */
    private record Series(String name, String connector, String task) {

        String place() {
            return connector + "/" + task;
        }
    }

    @Scheduled(fixedDelay = 5000)
    void refresh() {
        Map<Series, Metric> present = new HashMap<>();
        worker.running()
                .map(RunningWorker::metrics)
                .orElse(Map.of())
                .forEach((name, metric) -> {
                    if (CHOSEN.getOrDefault(name.group(), Set.of()).contains(name.name())) {
                        present.put(series(name), metric);
                    }
                });
        sinkLag.metrics()
                .forEach((task, metric) ->
                        present.put(
                                new Series(
                                        PREFIX + "sink.record.lag.max",
                                        task.connector(),
                                        task.task()),
                                metric));
        keepFirstTasks(present);
        Set<Series> gone = new HashSet<>(meters.keySet());
        gone.removeAll(present.keySet());
        for (Series series : gone) {
            Meter meter = meters.remove(series);
            if (meter != null) {
                registry.remove(meter);
            }
        }
        present.forEach(
                (series, metric) -> meters.computeIfAbsent(series, ignored -> register(series)));
        values = Map.copyOf(present);
    }

    private static Series series(MetricName name) {
        return new Series(
                PREFIX + name.name().replace('-', '.'),
                name.tags().getOrDefault(CONNECTOR, ""),
                name.tags().getOrDefault(TASK, ""));
    }

    private void keepFirstTasks(Map<Series, Metric> present) {
        Set<String> places = new TreeSet<>();
        present.keySet().stream()
                .filter(series -> !series.task().isEmpty())
                .forEach(series -> places.add(series.place()));
        if (places.size() <= maxTasks) {
            return;
        }
        if (!saidTooMany) {
            saidTooMany = true;
            log.warn(
                    "Metrics are given of {} of this worker's {} tasks"
                            + " (pipeline.connect.metrics.max-tasks)",
                    maxTasks,
                    places.size());
        }
        Set<String> kept = new HashSet<>(places.stream().limit(maxTasks).toList());
        present.keySet()
                .removeIf(series -> !series.task().isEmpty() && !kept.contains(series.place()));
    }

    private Meter register(Series series) {
        Tags tags =
                series.connector().isEmpty()
                        ? Tags.empty()
                        : Tags.of(CONNECTOR, series.connector(), TASK, series.task());
        ToDoubleFunction<ConnectMeters> value = self -> self.value(series);
        return series.name().endsWith(".total")
                ? FunctionCounter.builder(series.name(), this, value).tags(tags).register(registry)
                : Gauge.builder(series.name(), this, value).tags(tags).register(registry);
    }

    private double value(Series series) {
        Metric metric = values.get(series);
        return metric != null && metric.metricValue() instanceof Number number
                ? number.doubleValue()
                : Double.NaN;
    }
}
