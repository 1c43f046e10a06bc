package io.eventpipeline.consumer.delivery;

import io.eventpipeline.consumer.intake.ReadRecord.Poison;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/**
 * What a transaction did.
 *
 * @param written the slices that are in the database now
 * @param refused the slices whose offset another member had moved; nothing of them was written
 * @param repeats how many records of each partition were dropped as repeats
 * @param deadLetters the records that went to dead-letter topics
 */
record DeliveryResult(
        List<Slice> written,
        List<Slice> refused,
        Map<TopicPartition, Integer> repeats,
        List<Poison> deadLetters) {}
