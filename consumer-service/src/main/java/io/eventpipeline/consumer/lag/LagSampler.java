package io.eventpipeline.consumer.lag;

import io.eventpipeline.consumer.archive.ArchiveMembers;
import io.eventpipeline.consumer.archive.ArchiveProperties;
import io.eventpipeline.consumer.lag.StandStills.StandStill;
import io.eventpipeline.consumer.listening.KafkaOffsetGroups;
import io.eventpipeline.starter.kafka.KafkaAvailability;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Looks at the lag of this service's groups when asked, and now and then for the gauges and for
 * health. Who asks waits for a bounded time and then gets what was seen last. Thread-safe.
 */
@Component
final class LagSampler implements SmartLifecycle {

    private static final Duration PATIENCE = Duration.ofMillis(2_500);

    private final Looking<List<PartitionLag>> looking;
    private final KafkaAvailability kafka;
    private final LagProperties properties;
    private final StandStills standStills;
    private final MultiGauge records;
    private final MultiGauge milliseconds;
    private final MultiGauge standing;
    private volatile @Nullable Thread sampling;

    LagSampler(
            LagLook lag,
            KafkaAvailability kafka,
            LagProperties properties,
            ArchiveProperties archive,
            ObjectProvider<KafkaOffsetGroups> inKafka,
            MeterRegistry registry,
            Clock clock) {
        this.looking = new Looking<>("lag", lag::look, List.of());
        this.kafka = kafka;
        this.properties = properties;
        Map<String, Duration> waits = new HashMap<>();
        // A file of the archive counts when it is closed.
        waits.put(ArchiveMembers.GROUP, archive.maxAge());
        inKafka.stream()
                .flatMap(some -> some.groups().stream())
                .forEach(group -> waits.put(group.id(), group.delay()));
        standStills =
                new StandStills(
                        group ->
                                properties
                                        .standStill()
                                        .plus(waits.getOrDefault(group, Duration.ZERO)),
                        clock);
        records =
                MultiGauge.builder("pipeline.consumer.lag.records")
                        .description("Offsets between where the group resumes and the log's end")
                        .register(registry);
        milliseconds =
                MultiGauge.builder("pipeline.consumer.lag.time")
                        .description("Age of the first unread record")
                        .baseUnit("milliseconds")
                        .register(registry);
        standing =
                MultiGauge.builder("pipeline.consumer.partitions.standing")
                        .description("Partitions where the group stands still and records wait")
                        .register(registry);
    }

    /** The lag now, or as last seen and marked as stale if it cannot be seen in time. */
    List<PartitionLag> sample() {
        if (kafka.isAvailable()) {
            var seen = looking.now(PATIENCE);
            if (seen.isPresent()) {
                return seen.get();
            }
        }
        return last().stream().map(LagSampler::stale).toList();
    }

    /** The lag as last seen. */
    List<PartitionLag> last() {
        return looking.last();
    }

    /** Where groups stand still. */
    List<StandStill> standStills() {
        return standStills.find();
    }

    private static PartitionLag stale(PartitionLag seen) {
        return new PartitionLag(
                seen.group(),
                seen.topic(),
                seen.partition(),
                seen.endOffset(),
                seen.committedOffset(),
                seen.lag(),
                seen.timeLagMs(),
                seen.owner(),
                true);
    }

    @Override
    public void start() {
        Thread thread = Thread.ofVirtual().name("lag-gauges").unstarted(this::keepSampling);
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
                Thread.sleep(properties.interval());
            } catch (InterruptedException e) {
                return;
            }
            List<PartitionLag> seen = sample();
            standStills.observe(seen);
            records.register(rows(seen, PartitionLag::lag), true);
            milliseconds.register(rows(seen, PartitionLag::timeLagMs), true);
            standing.register(standing(seen), true);
        }
    }

    private List<MultiGauge.Row<?>> standing(List<PartitionLag> seen) {
        List<StandStill> found = standStills.find();
        return seen.stream()
                .map(PartitionLag::group)
                .distinct()
                .<MultiGauge.Row<?>>map(group ->
                        MultiGauge.Row.of(
                                Tags.of("group", group),
                                found.stream()
                                        .filter(still -> still.group().equals(group))
                                        .count()))
                .collect(Collectors.toList());
    }

    private static List<MultiGauge.Row<?>> rows(
            List<PartitionLag> seen, Function<PartitionLag, @Nullable Long> figure) {
        return seen.stream()
                .<MultiGauge.Row<?>>mapMulti((partition, rows) -> {
                    Long value = figure.apply(partition);
                    if (value != null) {
                        rows.accept(
                                MultiGauge.Row.of(
                                        Tags.of(
                                                "group",
                                                partition.group(),
                                                "topic",
                                                partition.topic(),
                                                "partition",
                                                Integer.toString(partition.partition())),
                                        value));
                    }
                })
                .toList();
    }
}
