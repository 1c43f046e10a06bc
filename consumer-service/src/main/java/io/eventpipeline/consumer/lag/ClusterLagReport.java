package io.eventpipeline.consumer.lag;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What {@code GET /actuator/lag/cluster} answers: all groups of the cluster by the offsets that
 * Kafka has, also those of other applications and those without members.
 *
 * @param groups each group
 * @param omittedGroups how many groups were not looked at, for the sake of the bound
 * @param partitions each partition for which Kafka has an offset; {@code endOffset} is null where
 *     the topic is gone
 */
record ClusterLagReport(List<GroupLag> groups, int omittedGroups, List<PartitionLag> partitions) {

    /**
     * A group as a whole.
     *
     * @param group its id
     * @param protocol {@code classic}, {@code consumer} or {@code streams}
     * @param state the group's state as its coordinator names it, such as {@code Stable} or {@code
     *     Empty}
     * @param members how many members it has; null if the coordinator did not say
     * @param lag the sum over its partitions
     * @param timeLagMs the largest of its partitions; null if not known for any
     */
    record GroupLag(
            String group,
            String protocol,
            String state,
            @Nullable Integer members,
            long lag,
            @Nullable Long timeLagMs) {}
}
