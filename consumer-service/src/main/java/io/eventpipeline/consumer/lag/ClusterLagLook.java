package io.eventpipeline.consumer.lag;

import io.eventpipeline.consumer.groups.ListenerGroup;
import io.eventpipeline.consumer.lag.ClusterGroups.Found;
import io.eventpipeline.consumer.lag.ClusterLagReport.GroupLag;
import io.eventpipeline.consumer.lag.FirstUnreadTimes.Unread;
import io.eventpipeline.consumer.partitions.LogBounds;
import io.eventpipeline.consumer.partitions.PartitionLogs;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.stereotype.Component;

/**
 * Looks once at the lag of all groups of the cluster, from outside: against the offsets that Kafka
 * has. For one thread at a time.
 */
@Component
class ClusterLagLook implements DisposableBean {

    /** How long records may be looked for; what is found is kept, so later looks go further. */
    private static final Duration TIME_FOR_RECORDS = Duration.ofSeconds(2);

    private static final Set<String> OURS =
            Stream.of(ListenerGroup.values()).map(ListenerGroup::id).collect(Collectors.toSet());

    private final ClusterGroups groups;
    private final PartitionLogs logs;
    private final int maxGroups;
    private final Clock clock;
    private final RecordTimes records;
    private final Map<String, FirstUnreadTimes> times = new HashMap<>();

    ClusterLagLook(
            ClusterGroups groups,
            PartitionLogs logs,
            LagProperties properties,
            ConsumerFactory<?, ?> consumers,
            Clock clock) {
        this.groups = groups;
        this.logs = logs;
        this.maxGroups = properties.maxGroups();
        this.clock = clock;
        records = new RecordTimes(consumers, "lag-cluster", clock);
    }

    /**
     * Looks.
     *
     * @throws RuntimeException if the brokers do not answer
     */
    ClusterLagReport look() {
        List<String> all =
                groups.list().stream()
                        .sorted(
                                Comparator.comparing((String group) -> !OURS.contains(group))
                                        .thenComparing(Comparator.naturalOrder()))
                        .toList();
        List<Found> found = groups.describe(all.stream().limit(maxGroups).toList());
        Map<TopicPartition, LogBounds> bounds = bounds(found);
        times.keySet().retainAll(found.stream().map(Found::group).toList());
        Instant deadline = clock.instant().plus(TIME_FOR_RECORDS);
        List<GroupLag> summaries = new ArrayList<>();
        List<PartitionLag> partitions = new ArrayList<>();
        for (Found group : found) {
            List<PartitionLag> own = look(group, bounds, deadline);
            partitions.addAll(own);
            summaries.add(summary(group, own));
        }
        partitions.sort(LagLook.ORDER);
        return new ClusterLagReport(
                summaries, Math.max(0, all.size() - maxGroups), List.copyOf(partitions));
    }

    private Map<TopicPartition, LogBounds> bounds(List<Found> found) {
        Set<TopicPartition> committed =
                found.stream()
                        .flatMap(group -> group.offsets().keySet().stream())
                        .collect(Collectors.toSet());
        Set<TopicPartition> existing = groups.existing(committed);
        return existing.isEmpty() ? Map.of() : logs.bounds(existing);
    }

    private List<PartitionLag> look(
            Found group, Map<TopicPartition, LogBounds> bounds, Instant deadline) {
        Map<TopicPartition, Unread> unread = new HashMap<>();
        group.offsets()
                .forEach((partition, offset) -> {
                    LogBounds log = bounds.get(partition);
                    if (log != null && offset < log.lastStable()) {
                        unread.put(
                                partition,
                                new Unread(Math.max(offset, log.beginning()), log.lastStable()));
                    }
                });
        Duration left = Duration.between(clock.instant(), deadline);
        Map<TopicPartition, Long> firstTimes =
                times.computeIfAbsent(group.group(), id -> new FirstUnreadTimes(records))
                        .find(unread, left.isNegative() ? Duration.ZERO : left);
        List<PartitionLag> lags = new ArrayList<>();
        group.offsets()
                .forEach((partition, offset) -> {
                    LogBounds log = bounds.get(partition);
                    lags.add(
                            new PartitionLag(
                                    group.group(),
                                    partition.topic(),
                                    partition.partition(),
                                    log == null ? null : log.lastStable(),
                                    offset,
                                    log == null ? null : Math.max(0, log.lastStable() - offset),
                                    log == null || unread.containsKey(partition)
                                            ? ageOf(firstTimes.get(partition))
                                            : Long.valueOf(0),
                                    group.owners().get(partition),
                                    false));
                });
        return lags;
    }

    private static GroupLag summary(Found group, List<PartitionLag> partitions) {
        return new GroupLag(
                group.group(),
                group.protocol(),
                group.state(),
                group.members(),
                partitions.stream()
                        .map(PartitionLag::lag)
                        .filter(Objects::nonNull)
                        .mapToLong(Long::longValue)
                        .sum(),
                partitions.stream()
                        .map(PartitionLag::timeLagMs)
                        .filter(Objects::nonNull)
                        .max(Comparator.naturalOrder())
                        .orElse(null));
    }

    private @Nullable Long ageOf(@Nullable Long time) {
        return time == null ? null : Long.valueOf(Math.max(0, clock.millis() - time));
    }

    @Override
    public void destroy() {
        records.close();
    }
}
