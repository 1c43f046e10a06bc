package io.eventpipeline.consumer.tables;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.eventpipeline.model.event.Event;
import io.eventpipeline.model.event.EventIdentity;

/**
 * An event as it lies in its table. In JSON: {@code eventId}, then the event's fields.
 *
 * @param identity which event it is
 * @param event what happened, with all its digits
 */
@JsonPropertyOrder("eventId")
public record StoredEvent<E extends Event>(
        @JsonIgnore EventIdentity identity, @JsonUnwrapped E event) {

    /** The CloudEvent's id. */
    public String getEventId() {
        return identity.id();
    }
}
