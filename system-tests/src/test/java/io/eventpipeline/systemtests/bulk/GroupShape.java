package io.eventpipeline.systemtests.bulk;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.common.GroupState;
import org.apache.kafka.common.TopicPartition;

/**
 * Who has which partition of a group, by the coordinator.
 *
 * @param owners the member of each partition
 * @param instances the client id of each member
 */
record GroupShape(Map<TopicPartition, String> owners, Map<String, String> instances) {

    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(15);

    /** The shape, if the group is stable. */
    static Optional<GroupShape> of(Admin admin, String group) {
        ConsumerGroupDescription description = describe(admin, group);
        if (description.groupState() != GroupState.STABLE) {
            return Optional.empty();
        }
        Map<TopicPartition, String> owners = new HashMap<>();
        Map<String, String> instances = new HashMap<>();
        for (MemberDescription member : description.members()) {
            instances.put(member.consumerId(), member.clientId());
            member.assignment()
                    .topicPartitions()
                    .forEach(partition -> owners.put(partition, member.consumerId()));
        }
        return Optional.of(new GroupShape(owners, instances));
    }

    private static ConsumerGroupDescription describe(Admin admin, String group) {
        try {
            return admin.describeConsumerGroups(List.of(group))
                    .all()
                    .get(ANSWER_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
                    .values()
                    .iterator()
                    .next();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("Kafka does not describe group " + group, e);
        }
    }

    /** Whether so many members share so many partitions, or more, evenly. */
    boolean isEven(int members, int partitionsOrMore) {
        Map<String, Long> counts =
                owners.values().stream().collect(groupingBy(member -> member, counting()));
        int least = owners.size() / members;
        return instances.size() == members
                && owners.size() >= partitionsOrMore
                && counts.size() == members
                && counts.values().stream().allMatch(count -> count >= least && count <= least + 1);
    }

    /** How many partitions an instance has. */
    long of(String instance) {
        return owners.values().stream().filter(member -> isOf(member, instance)).count();
    }

    /** How many partitions went from one member to another. */
    long movedSince(GroupShape before) {
        return owners.entrySet().stream()
                .filter(owner -> !owner.getValue().equals(before.owners.get(owner.getKey())))
                .count();
    }

    private boolean isOf(String member, String instance) {
        return instances.getOrDefault(member, "").startsWith(instance + "-");
    }
}
