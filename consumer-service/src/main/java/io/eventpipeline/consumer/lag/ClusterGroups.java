package io.eventpipeline.consumer.lag;

import io.eventpipeline.consumer.partitions.KafkaUnansweredException;
import io.eventpipeline.consumer.partitions.PartitionLogs;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsResult;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.admin.ListTopicsOptions;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.GroupType;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * The groups of the cluster and their committed offsets, as their coordinators have them. Share
 * groups have no such offsets and are left out. Thread-safe.
 */
@Component
final class ClusterGroups {

    private static final Logger log = LoggerFactory.getLogger(ClusterGroups.class);

    private final Admin admin;

    ClusterGroups(Admin admin) {
        this.admin = admin;
    }

    /**
     * A group.
     *
     * @param members how many members it has; null if not known
     * @param offsets its committed offsets
     * @param owners client id and host of who reads a partition, where somebody does
     */
    record Found(
            String group,
            String protocol,
            String state,
            @Nullable Integer members,
            Map<TopicPartition, Long> offsets,
            Map<TopicPartition, String> owners) {}

    /**
     * The ids of all groups that commit offsets.
     *
     * @throws KafkaUnansweredException if the brokers do not answer
     */
    List<String> list() {
        return PartitionLogs.await(admin.listGroups().all(), "list the groups").stream()
                .filter(group -> group.type().filter(type -> type == GroupType.SHARE).isEmpty())
                .map(GroupListing::groupId)
                .toList();
    }

    /** Describes groups; one that does not answer, or is gone meanwhile, is left out. */
    List<Found> describe(Collection<String> groups) {
        ListConsumerGroupOffsetsResult committed =
                admin.listConsumerGroupOffsets(
                        groups.stream()
                                .collect(
                                        Collectors.toMap(
                                                group -> group,
                                                group -> new ListConsumerGroupOffsetsSpec())));
        Map<String, KafkaFuture<ConsumerGroupDescription>> descriptions =
                admin.describeConsumerGroups(groups).describedGroups();
        List<Found> found = new ArrayList<>();
        for (String group : groups) {
            try {
                Map<TopicPartition, Long> offsets = new HashMap<>();
                PartitionLogs.await(
                                committed.partitionsToOffsetAndMetadata(group),
                                "list the offsets of a group")
                        .forEach((partition, offset) -> {
                            if (offset != null) {
                                offsets.put(partition, offset.offset());
                            }
                        });
                found.add(describe(group, offsets, descriptions.get(group)));
            } catch (KafkaUnansweredException e) {
                log.debug("Group {} cannot be looked at now", group, e);
            }
        }
        return found;
    }

    private static Found describe(
            String group,
            Map<TopicPartition, Long> offsets,
            @Nullable KafkaFuture<ConsumerGroupDescription> asked) {
        try {
            if (asked != null) {
                ConsumerGroupDescription description =
                        PartitionLogs.await(asked, "describe a group");
                Map<TopicPartition, String> owners = new HashMap<>();
                description
                        .members()
                        .forEach(member ->
                                member.assignment()
                                        .topicPartitions()
                                        .forEach(partition ->
                                                owners.put(
                                                        partition,
                                                        member.clientId() + member.host())));
                return new Found(
                        group,
                        description.type().toString().toLowerCase(Locale.ROOT),
                        description.groupState().toString(),
                        description.members().size(),
                        offsets,
                        owners);
            }
        } catch (KafkaUnansweredException e) {
            // Groups of other protocols (Streams, Connect) have offsets all the same.
            log.debug("Group {} cannot be described as a consumer group", group, e);
        }
        return new Found(group, "other", "Unknown", null, offsets, Map.of());
    }

    /** Those of some partitions that are still there. */
    Set<TopicPartition> existing(Set<TopicPartition> partitions) {
        Set<String> names =
                new HashSet<>(
                        PartitionLogs.await(
                                admin.listTopics(new ListTopicsOptions().listInternal(true))
                                        .names(),
                                "list the topics"));
        names.retainAll(partitions.stream().map(TopicPartition::topic).collect(Collectors.toSet()));
        Map<String, TopicDescription> topics =
                names.isEmpty()
                        ? Map.of()
                        : PartitionLogs.await(
                                admin.describeTopics(names).allTopicNames(), "describe topics");
        return partitions.stream()
                .filter(partition -> {
                    TopicDescription topic = topics.get(partition.topic());
                    return topic != null && partition.partition() < topic.partitions().size();
                })
                .collect(Collectors.toSet());
    }
}
