package io.eventpipeline.consumer.lag;

import io.eventpipeline.consumer.groups.GroupTopics;
import io.eventpipeline.consumer.groups.ListenerGroup;
import io.eventpipeline.consumer.partitions.LogBounds;
import io.eventpipeline.consumer.partitions.PartitionLogs;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.stereotype.Component;

/** Looks once at the lag of all groups. For one thread at a time. */
@Component
class LagLook implements DisposableBean {

    static final Comparator<PartitionLag> ORDER =
            Comparator.comparing(PartitionLag::group)
                    .thenComparing(PartitionLag::topic)
                    .thenComparingInt(PartitionLag::partition);

    /** What is left of the endpoint's time for looking into the topics. */
    private static final Duration TIME_FOR_RECORDS = Duration.ofMillis(800);

    private final GroupTopics topics;
    private final PartitionLogs logs;
    private final GroupOffsets offsets;
    private final GroupOwners owners;
    private final Clock clock;
    private final RecordTimes records;
    private final Map<String, FirstUnreadTimes> times = new HashMap<>();

    LagLook(
            GroupTopics topics,
            PartitionLogs logs,
            GroupOffsets offsets,
            GroupOwners owners,
            ConsumerFactory<?, ?> consumers,
            Clock clock) {
        this.topics = topics;
        this.logs = logs;
        this.offsets = offsets;
        this.owners = owners;
        this.clock = clock;
        records = new RecordTimes(consumers, "lag", clock);
        for (ListenerGroup group : ListenerGroup.values()) {
            times.put(group.id(), new FirstUnreadTimes(records));
        }
    }

    /**
     * Looks.
     *
     * @throws RuntimeException if the brokers do not answer
     */
    List<PartitionLag> look() {
        Map<String, Map<TopicPartition, String>> readers =
                owners.find(
                        List.of(ListenerGroup.values()).stream().map(ListenerGroup::id).toList());
        List<PartitionLag> lags = new ArrayList<>();
        for (ListenerGroup group : ListenerGroup.values()) {
            lags.addAll(look(group, readers.getOrDefault(group.id(), Map.of())));
        }
        lags.sort(ORDER);
        return lags;
    }

    private List<PartitionLag> look(ListenerGroup group, Map<TopicPartition, String> readers) {
        List<String> names = topics.of(group);
        if (names.isEmpty()) {
            return List.of();
        }
        Set<TopicPartition> partitions = new HashSet<>();
        logs.describe(names)
                .values()
                .forEach(topic ->
                        topic.partitions()
                                .forEach(info ->
                                        partitions.add(
                                                new TopicPartition(
                                                        topic.name(), info.partition()))));
        Map<TopicPartition, LogBounds> bounds = logs.bounds(partitions);
        GroupOffsets.Resume resume = offsets.find(group.id(), names, bounds);
        Map<TopicPartition, FirstUnreadTimes.Unread> unread = new HashMap<>();
        bounds.forEach((partition, log) -> {
            long first = resume.next().getOrDefault(partition, log.beginning());
            if (first < log.lastStable()) {
                unread.put(partition, new FirstUnreadTimes.Unread(first, log.lastStable()));
            }
        });
        Map<TopicPartition, Long> firstTimes = timesOf(group).find(unread, TIME_FOR_RECORDS);
        List<PartitionLag> lags = new ArrayList<>();
        bounds.forEach((partition, log) -> {
            Long next = resume.next().get(partition);
            long from = next == null ? log.beginning() : next;
            lags.add(
                    new PartitionLag(
                            group.id(),
                            partition.topic(),
                            partition.partition(),
                            log.lastStable(),
                            next,
                            Math.max(0, log.lastStable() - from),
                            unread.containsKey(partition)
                                    ? ageOf(firstTimes.get(partition))
                                    : Long.valueOf(0),
                            readers.get(partition),
                            resume.stale()));
        });
        return lags;
    }

    private FirstUnreadTimes timesOf(ListenerGroup group) {
        FirstUnreadTimes ofGroup = times.get(group.id());
        if (ofGroup == null) {
            throw new IllegalStateException("Group " + group.id() + " came too late");
        }
        return ofGroup;
    }

    private @Nullable Long ageOf(@Nullable Long time) {
        return time == null ? null : Long.valueOf(Math.max(0, clock.millis() - time));
    }

    @Override
    public void destroy() {
        records.close();
    }
}
