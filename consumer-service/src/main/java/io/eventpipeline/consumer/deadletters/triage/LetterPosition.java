package io.eventpipeline.consumer.deadletters.triage;

import org.apache.kafka.common.TopicPartition;

/**
 * Where a letter lies.
 *
 * @param topic the dead-letter topic
 */
public record LetterPosition(String topic, int partition, long offset) {

    TopicPartition topicPartition() {
        return new TopicPartition(topic, partition);
    }

    @Override
    public String toString() {
        return topic + "-" + partition + "@" + offset;
    }
}
