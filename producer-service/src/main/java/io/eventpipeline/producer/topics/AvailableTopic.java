package io.eventpipeline.producer.topics;

import io.eventpipeline.model.topic.TopicDefinition;

/**
 * A topic that can be sent to.
 *
 * @param definition as the catalogue declares it, or as the cluster describes it
 * @param partitions how many it has now
 * @param maxRecordBytes the topic's {@code max.message.bytes}
 * @param catalogued whether the catalogue declares it
 */
public record AvailableTopic(
        TopicDefinition definition, int partitions, int maxRecordBytes, boolean catalogued) {

    /** The topic's name. */
    public String name() {
        return definition.name();
    }
}
