package io.eventpipeline.starter.topics;

import io.eventpipeline.model.topic.TopicDefinition;
import java.util.List;

/**
 * Topics that a service needs beside those of the catalogue, because they depend on its settings. A
 * bean of this type has them provisioned with the others.
 */
@FunctionalInterface
public interface AdditionalTopics {

    /** The topics; derived from those of the catalogue, as their names are. */
    List<TopicDefinition> definitions();
}
