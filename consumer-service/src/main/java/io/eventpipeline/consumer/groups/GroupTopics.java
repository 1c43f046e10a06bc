package io.eventpipeline.consumer.groups;

import io.eventpipeline.consumer.archive.ArchiveTopics;
import io.eventpipeline.model.topic.PipelineTopic;
import io.eventpipeline.model.topic.TopicCatalogue;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** Which topics each group reads, by their names in this environment. Immutable. */
@Component("groupTopics")
public final class GroupTopics {

    private final TopicCatalogue catalogue;
    private final ArchiveTopics archive;

    GroupTopics(TopicCatalogue catalogue, ArchiveTopics archive) {
        this.catalogue = catalogue;
        this.archive = archive;
    }

    /** The topics of a group, for the listeners' annotations. */
    public String[] of(String groupId) {
        return of(ListenerGroup.withId(groupId)).toArray(String[]::new);
    }

    /** The topics of a group; none if it does not run here. */
    public List<String> of(ListenerGroup group) {
        return switch (group) {
            case SHIPMENTS ->
                    names(
                            PipelineTopic.ORDER_PLACED,
                            PipelineTopic.PAYMENT_CAPTURED,
                            PipelineTopic.SHIPMENT_REQUESTED);
            case MEASUREMENTS -> names(PipelineTopic.SERVER_MEASURED);
            case ARCHIVE -> archive.names();
        };
    }

    private List<String> names(PipelineTopic... topics) {
        return Stream.of(topics).map(catalogue::name).toList();
    }
}
