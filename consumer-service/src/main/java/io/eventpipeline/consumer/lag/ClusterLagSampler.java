package io.eventpipeline.consumer.lag;

import io.eventpipeline.starter.kafka.KafkaAvailability;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Looks at the lag of all groups of the cluster when asked, and now and then for the gauges, which
 * are bounded in number: one a group and topic. Thread-safe.
 */
@Component
final class ClusterLagSampler implements SmartLifecycle {

    private static final Duration PATIENCE = Duration.ofSeconds(8);

    private final Looking<ClusterLagReport> looking;
    private final KafkaAvailability kafka;
    private final LagProperties properties;
    private final MultiGauge records;
    private final MultiGauge milliseconds;
    private final MultiGauge omitted;
    private volatile @Nullable Thread sampling;

    ClusterLagSampler(
            ClusterLagLook lag,
            KafkaAvailability kafka,
            LagProperties properties,
            MeterRegistry registry) {
        this.looking =
                new Looking<>(
                        "lag-cluster", lag::look, new ClusterLagReport(List.of(), 0, List.of()));
        this.kafka = kafka;
        this.properties = properties;
        records =
                MultiGauge.builder("pipeline.cluster.lag.records")
                        .description("Offsets between what Kafka has for a group and the log's end")
                        .register(registry);
        milliseconds =
                MultiGauge.builder("pipeline.cluster.lag.time")
                        .description("Age of the first record behind what Kafka has for a group")
                        .baseUnit("milliseconds")
                        .register(registry);
        omitted =
                MultiGauge.builder("pipeline.cluster.lag.omitted")
                        .description("Groups, and pairs of group and topic, beyond the bounds")
                        .register(registry);
    }

    /** The lag now, or as last seen if it cannot be seen in time. */
    ClusterLagReport sample() {
        return kafka.isAvailable()
                ? looking.now(PATIENCE).orElseGet(looking::last)
                : looking.last();
    }

    @Override
    public void start() {
        Thread thread = Thread.ofVirtual().name("cluster-lag-gauges").unstarted(this::keepSampling);
        sampling = thread;
        thread.start();
    }

    @Override
    public void stop() {
        Thread running = sampling;
        sampling = null;
        if (running != null) {
            running.interrupt();
        }
        looking.close();
    }

    @Override
    public boolean isRunning() {
        return sampling != null;
    }

    private void keepSampling() {
        while (Thread.currentThread().equals(sampling)) {
            try {
                Thread.sleep(properties.clusterInterval());
            } catch (InterruptedException e) {
                return;
            }
            register(sample());
        }
    }

    private void register(ClusterLagReport seen) {
        Map<Series, long[]> series = new TreeMap<>();
        for (PartitionLag partition : seen.partitions()) {
            long[] sums =
                    series.computeIfAbsent(
                            new Series(partition.group(), partition.topic()), key -> new long[2]);
            sums[0] += partition.lag() == null ? 0 : partition.lag();
            sums[1] = Math.max(sums[1], partition.timeLagMs() == null ? 0 : partition.timeLagMs());
        }
        records.register(rows(series, sums -> sums[0]), true);
        milliseconds.register(rows(series, sums -> sums[1]), true);
        omitted.register(
                List.of(
                        MultiGauge.Row.of(Tags.of("what", "groups"), seen.omittedGroups()),
                        MultiGauge.Row.of(
                                Tags.of("what", "series"),
                                Math.max(0, series.size() - properties.maxSeries()))),
                true);
    }

    private List<MultiGauge.Row<?>> rows(
            Map<Series, long[]> series, ToLongFunction<long[]> figure) {
        return series.entrySet().stream()
                .limit(properties.maxSeries())
                .<MultiGauge.Row<?>>map(entry ->
                        MultiGauge.Row.of(
                                Tags.of(
                                        "group",
                                        entry.getKey().group(),
                                        "topic",
                                        entry.getKey().topic()),
                                figure.applyAsLong(entry.getValue())))
                .toList();
    }

    private record Series(String group, String topic) implements Comparable<Series> {

        @Override
        public int compareTo(Series other) {
            int byGroup = group.compareTo(other.group);
            return byGroup == 0 ? topic.compareTo(other.topic) : byGroup;
        }
    }
}
