package io.eventpipeline.consumer.lag;

import io.eventpipeline.consumer.archive.ArchiveMembers;
import io.eventpipeline.consumer.archive.ArchiveOffsets;
import io.eventpipeline.consumer.delivery.GroupMembers;
import io.eventpipeline.consumer.delivery.OffsetRepository;
import io.eventpipeline.consumer.delivery.StoredOffset;
import io.eventpipeline.consumer.listening.KafkaOffsetGroups;
import io.eventpipeline.consumer.listening.KafkaOffsetGroups.KafkaOffsetGroup;
import io.eventpipeline.consumer.partitions.LogBounds;
import io.eventpipeline.consumer.partitions.PartitionLogs;
import io.eventpipeline.consumer.store.DatabaseAvailability;
import java.io.IOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/**
 * Where groups resume: the stored offsets, for the archive the names of its files, and those that
 * Kafka has while PostgreSQL or the folder is away. Thread-safe.
 */
@Component
final class GroupOffsets {

    private static final Logger log = LoggerFactory.getLogger(GroupOffsets.class);

    private final GroupMembers members;
    private final OffsetRepository offsets;
    private final ArchiveOffsets archive;
    private final DatabaseAvailability database;
    private final Admin admin;
    private final Set<String> inKafka;

    GroupOffsets(
            GroupMembers members,
            OffsetRepository offsets,
            ArchiveOffsets archive,
            DatabaseAvailability database,
            Admin admin,
            ObjectProvider<KafkaOffsetGroups> inKafka) {
        this.members = members;
        this.offsets = offsets;
        this.archive = archive;
        this.database = database;
        this.admin = admin;
        this.inKafka =
                inKafka.stream()
                        .flatMap(some -> some.groups().stream())
                        .map(KafkaOffsetGroup::id)
                        .collect(Collectors.toSet());
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
        if (inKafka.contains(group) || members.keepsOffsetsInKafka(group)) {
            return new Resume(false, committed(group, bounds));
        }
        if (group.equals(ArchiveMembers.GROUP)) {
            try {
                return new Resume(false, archive.find(topicIds(bounds)));
            } catch (IOException e) {
                log.debug("Could not read the names of the archive's files", e);
            }
        } else if (database.isAvailable()) {
            try {
                return new Resume(false, stored(offsets.find(group, topics), bounds));
            } catch (DataAccessException e) {
                log.debug("Could not read the stored offsets of {}", group, e);
            }
        }
        return new Resume(true, committed(group, bounds));
    }

    private static Map<TopicPartition, Uuid> topicIds(Map<TopicPartition, LogBounds> bounds) {
        return bounds.entrySet().stream()
                .collect(
                        Collectors.toMap(
                                Map.Entry::getKey, partition -> partition.getValue().topicId()));
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
