package io.eventpipeline.consumer.lag;

import io.eventpipeline.consumer.delivery.GroupMembers;
import io.eventpipeline.consumer.delivery.OffsetRepository;
import io.eventpipeline.consumer.delivery.StoredOffset;
import io.eventpipeline.consumer.partitions.LogBounds;
import io.eventpipeline.consumer.partitions.PartitionLogs;
import io.eventpipeline.consumer.store.DatabaseAvailability;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/**
 * Where groups resume: the stored offsets, and those that Kafka has while PostgreSQL is away.
 * Thread-safe.
 */
@Component
final class GroupOffsets {

    private static final Logger log = LoggerFactory.getLogger(GroupOffsets.class);

    private final GroupMembers members;
    private final OffsetRepository offsets;
    private final DatabaseAvailability database;
    private final Admin admin;

    GroupOffsets(
            GroupMembers members,
            OffsetRepository offsets,
            DatabaseAvailability database,
            Admin admin) {
        this.members = members;
        this.offsets = offsets;
        this.database = database;
        this.admin = admin;
    }

    /**
     * Offsets by partition.
     *
     * @param stale whether they are Kafka's
     * @param next where the group resumes
     */
    record Resume(boolean stale, Map<TopicPartition, Long> next) {}

    /**
     * Finds where a group resumes.
     *
     * @param bounds the present logs of its partitions; an offset that was stored for an earlier
     *     topic of the same name does not count
     */
    Resume find(String group, Collection<String> topics, Map<TopicPartition, LogBounds> bounds) {
        if (members.keepsOffsetsInKafka(group)) {
            return new Resume(false, committed(group, bounds));
        }
        if (database.isAvailable()) {
            try {
                return new Resume(false, stored(offsets.find(group, topics), bounds));
            } catch (DataAccessException e) {
                log.debug("Could not read the stored offsets of {}", group, e);
            }
        }
        return new Resume(true, committed(group, bounds));
    }

    private static Map<TopicPartition, Long> stored(
            List<StoredOffset> rows, Map<TopicPartition, LogBounds> bounds) {
        Map<TopicPartition, Long> next = new HashMap<>();
        for (StoredOffset row : rows) {
            TopicPartition partition = new TopicPartition(row.topic(), row.partition());
            LogBounds log = bounds.get(partition);
            if (log != null && log.topicId().equals(row.topicId())) {
                next.put(partition, row.nextOffset());
            }
        }
        return next;
    }

    private Map<TopicPartition, Long> committed(
            String group, Map<TopicPartition, LogBounds> bounds) {
        Map<TopicPartition, OffsetAndMetadata> committed =
                PartitionLogs.await(
                        admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata(),
                        "list the offsets of a group");
        return committed.entrySet().stream()
                .filter(entry -> entry.getValue() != null && bounds.containsKey(entry.getKey()))
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue().offset()));
    }
}
