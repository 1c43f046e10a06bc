package io.eventpipeline.consumer.delivery;

import org.apache.kafka.common.Uuid;

/**
 * An offset as the database has it.
 *
 * @param topic the topic's name
 * @param topicId the topic's id when the offset was stored
 * @param partition the partition
 * @param nextOffset the first offset that is not processed
 */
public record StoredOffset(String topic, Uuid topicId, int partition, long nextOffset) {}
