package io.eventpipeline.consumer.groups;

import io.eventpipeline.model.topic.TopicCatalogue;
import org.springframework.stereotype.Component;

/** Gives the listeners' annotations the names of their topics. */
@Component("groupTopics")
public final class GroupTopics {

    private final TopicCatalogue catalogue;

    GroupTopics(TopicCatalogue catalogue) {
        this.catalogue = catalogue;
    }

    /** The topics of a group. */
    public String[] of(String groupId) {
        return ListenerGroup.withId(groupId).topics(catalogue).toArray(String[]::new);
    }
}
