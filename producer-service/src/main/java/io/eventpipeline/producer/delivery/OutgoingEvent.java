package io.eventpipeline.producer.delivery;

import io.eventpipeline.model.cloudevents.EventMetadata;
import io.eventpipeline.model.topic.TopicDefinition;

/**
 * A checked event on its way into a topic.
 *
 * @param topic where to; its profile decides how it is delivered
 * @param key the record key, which decides the partition and so the order
 * @param metadata the CloudEvents attributes
 * @param value the event as UTF-8 JSON; owned by this record from now on
 */
@SuppressWarnings("ArrayRecordComponent") // Compared by nobody, and a copy would cost.
public record OutgoingEvent(
        TopicDefinition topic, String key, EventMetadata metadata, byte[] value) {

    String id() {
        return metadata.identity().id();
    }
}
