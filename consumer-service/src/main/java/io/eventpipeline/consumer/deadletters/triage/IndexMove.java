package io.eventpipeline.consumer.deadletters.triage;

import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;

/**
 * A step of the index in one partition of a dead-letter topic.
 *
 * @param from the stored position that the step starts from
 * @param to the position behind it
 */
record IndexMove(TopicPartition partition, Uuid topicId, long from, long to) {}
