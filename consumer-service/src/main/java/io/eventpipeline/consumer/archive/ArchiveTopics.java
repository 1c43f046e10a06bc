package io.eventpipeline.consumer.archive;

import io.eventpipeline.model.topic.PipelineTopic;
import io.eventpipeline.model.topic.TopicCatalogue;
import io.eventpipeline.model.topic.TopicDefinition.Audience;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** The topics that are archived. Immutable. */
@Component("archiveTopics")
public final class ArchiveTopics {

    private static final EnumSet<Audience> OF_EVENTS =
            EnumSet.of(Audience.SENDERS, Audience.TOPOLOGIES);

    private static final TopicCatalogue ANY_ENVIRONMENT = new TopicCatalogue("any");

    private final List<String> names;

    ArchiveTopics(ArchiveProperties properties, TopicCatalogue catalogue) {
        names =
                Stream.of(PipelineTopic.values())
                        .filter(topic -> properties.enabled())
                        .filter(ArchiveTopics::hasEvents)
                        .filter(topic ->
                                properties.topics().isEmpty()
                                        || properties.topics().contains(topic))
                        .map(catalogue::name)
                        .toList();
    }

    /** Their names in this environment; none if this instance does not archive. */
    public List<String> names() {
        return names;
    }

    /** Whether a topic has events, and not what a service keeps for itself. */
    static boolean hasEvents(PipelineTopic topic) {
        return OF_EVENTS.contains(ANY_ENVIRONMENT.get(topic).audience());
    }
}
