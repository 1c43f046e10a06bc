package io.eventpipeline.consumer.lag;

import io.eventpipeline.consumer.groups.GroupTopics;
import io.eventpipeline.consumer.groups.ListenerGroup;
import io.eventpipeline.consumer.listening.KafkaOffsetGroups;
import io.eventpipeline.consumer.partitions.LogBounds;
import io.eventpipeline.consumer.partitions.PartitionLogs;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.ObjectProvider;
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

    private final PartitionLogs logs;
    private final GroupOffsets offsets;
    private final GroupOwners owners;
    private final Clock clock;
    private final RecordTimes records;
    private final Map<String, FirstUnreadTimes> times = new HashMap<>();
    private final Map<String, List<String>> groups = new LinkedHashMap<>();

    LagLook(
            GroupTopics topics,
            ObjectProvider<KafkaOffsetGroups> inKafka,
            PartitionLogs logs,
            GroupOffsets offsets,
            GroupOwners owners,
            ConsumerFactory<?, ?> consumers,
            Clock clock) {
        this.logs = logs;
        this.offsets = offsets;
        this.owners = owners;
        this.clock = clock;
        records = new RecordTimes(consumers, "lag", clock);
        for (ListenerGroup group : ListenerGroup.values()) {
            groups.put(group.id(), topics.of(group));
        }
        inKafka.stream()
                .flatMap(some -> some.groups().stream())
                .forEach(group -> groups.put(group.id(), group.topics()));
        groups.keySet().forEach(group -> times.put(group, new FirstUnreadTimes(records)));
    }

    /**
     * Looks.
     *
     * @throws RuntimeException if the brokers do not answer
     */
    List<PartitionLag> look() {
        Map<String, Map<TopicPartition, String>> readers = owners.find(groups.keySet());
        List<PartitionLag> lags = new ArrayList<>();
        groups.forEach((group, names) ->
                lags.addAll(look(group, names, readers.getOrDefault(group, Map.of()))));
        lags.sort(ORDER);
        return lags;
    }

    private List<PartitionLag> look(
            String group, List<String> names, Map<TopicPartition, String> readers) {
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
        GroupOffsets.Resume resume = offsets.find(group, names, bounds);
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
                            group,
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

    private FirstUnreadTimes timesOf(String group) {
        FirstUnreadTimes ofGroup = times.get(group);
        if (ofGroup == null) {
            throw new IllegalStateException("Group " + group + " came too late");
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
