package io.eventpipeline.systemtests.history;

/**
 * Where a group resumes a partition, and what its persistent counters say.
 *
 * @param group the consumer group
 * @param topic the topic
 * @param partition the partition
 * @param nextOffset the offset of the first record that is not stored yet
 * @param repeats records dropped as repeats since ever
 */
public record StoredOffset(
        String group, String topic, int partition, long nextOffset, long repeats) {}
