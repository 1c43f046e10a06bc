package io.eventpipeline.consumer.delivery;

import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;

/**
 * The wish to move a stored offset on.
 *
 * @param partition whose
 * @param topicId the topic's id
 * @param expected what this member last read or stored
 * @param next the first offset behind what is processed now
 * @param rows how many records become rows, if none of them is a repeat
 * @param deadLetters how many records go to the dead-letter topic, as far as known
 */
record OffsetMove(
        TopicPartition partition,
        Uuid topicId,
        long expected,
        long next,
        int rows,
        int deadLetters) {}
