package io.eventpipeline.consumer.lag;

import org.jspecify.annotations.Nullable;

/**
 * How far a group is behind in a partition.
 *
 * @param group the group
 * @param topic the topic
 * @param partition the partition
 * @param endOffset the last stable offset; null if the brokers never told
 * @param committedOffset where the group resumes; null if it never read the partition
 * @param lag how many offsets lie between; from the beginning of the log if it never read; null if
 *     not known
 * @param timeLagMs the age of the first unread record in milliseconds; 0 if there is none, null if
 *     not known
 * @param owner client id and host of the member that reads the partition; null if none does
 * @param stale whether a figure is older or less certain than it should be: PostgreSQL is away and
 *     the offset is the one that Kafka has, or the brokers are away
 */
public record PartitionLag(
        String group,
        String topic,
        int partition,
        @Nullable Long endOffset,
        @Nullable Long committedOffset,
        @Nullable Long lag,
        @Nullable Long timeLagMs,
        @Nullable String owner,
        boolean stale) {}
