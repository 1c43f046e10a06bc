package io.eventpipeline.consumer.lag;

import io.eventpipeline.consumer.partitions.KafkaUnansweredException;
import io.eventpipeline.consumer.partitions.PartitionLogs;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.springframework.stereotype.Component;

/** Who reads which partition, as the group coordinators see it. Thread-safe. */
@Component
final class GroupOwners {

    private final Admin admin;

    GroupOwners(Admin admin) {
        this.admin = admin;
    }

    /**
     * Finds the owners of the partitions of some groups.
     *
     * @return client id and host of each owner, by group and partition; partitions without owner
     *     are missing
     * @throws KafkaUnansweredException if a coordinator does not answer in time
     */
    Map<String, Map<TopicPartition, String>> find(Collection<String> groups) {
        Map<String, Map<TopicPartition, String>> owners = new HashMap<>();
        Map<String, KafkaFuture<ConsumerGroupDescription>> asked =
                admin.describeConsumerGroups(groups).describedGroups();
        asked.forEach((group, description) -> owners.put(group, find(description)));
        return owners;
    }

    private static Map<TopicPartition, String> find(KafkaFuture<ConsumerGroupDescription> asked) {
        Map<TopicPartition, String> owners = new HashMap<>();
        try {
            for (MemberDescription member :
                    PartitionLogs.await(asked, "describe a group").members()) {
                member.assignment()
                        .topicPartitions()
                        .forEach(partition ->
                                owners.put(partition, member.clientId() + member.host()));
            }
        } catch (KafkaUnansweredException e) {
            // A group that never had a member, or whose last one left long ago.
            if (!(e.getCause() instanceof GroupIdNotFoundException)) {
                throw e;
            }
        }
        return owners;
    }
}
