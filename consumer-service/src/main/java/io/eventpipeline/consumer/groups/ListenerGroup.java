package io.eventpipeline.consumer.groups;

import io.eventpipeline.model.topic.PipelineTopic;
import io.eventpipeline.model.topic.TopicCatalogue;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** The groups and what they read. */
public enum ListenerGroup {
    /** Orders, payments and shipments. */
    SHIPMENTS(Ids.SHIPMENTS),
    /** Measurements of servers. */
    MEASUREMENTS(Ids.MEASUREMENTS);

    private final String id;

    ListenerGroup(String id) {
        this.id = id;
    }

    /** The group's id, which is its listener's too. */
    public String id() {
        return id;
    }

    /** The names of its topics in an environment. */
    public List<String> topics(TopicCatalogue catalogue) {
        return topics().map(catalogue::name).toList();
    }

    private Stream<PipelineTopic> topics() {
        return switch (this) {
            case SHIPMENTS ->
                    Stream.of(
                            PipelineTopic.ORDER_PLACED,
                            PipelineTopic.PAYMENT_CAPTURED,
                            PipelineTopic.SHIPMENT_REQUESTED);
            case MEASUREMENTS -> Stream.of(PipelineTopic.SERVER_MEASURED);
        };
    }

    static ListenerGroup withId(String id) {
        return Arrays.stream(values())
                .filter(group -> group.id.equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("No group is called " + id));
    }

    /** The ids as constants, for annotations. */
    static final class Ids {
        static final String SHIPMENTS = "shipments";
        static final String MEASUREMENTS = "measurements";

        private Ids() {}
    }
}
