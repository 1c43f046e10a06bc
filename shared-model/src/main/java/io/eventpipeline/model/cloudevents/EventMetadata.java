package io.eventpipeline.model.cloudevents;

import io.eventpipeline.model.event.EventIdentity;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The CloudEvents attributes of a record: what the event is, apart from its data.
 *
 * @param identity {@code ce_source} and {@code ce_id}
 * @param type {@code ce_type}, the event type with its major version
 * @param time {@code ce_time}, the event's own time; absent if the producer gave none
 * @param subject {@code ce_subject}, the record key; absent for events without key
 * @param traceparent the W3C trace context that the event was sent in; absent if there was none
 */
public record EventMetadata(
        EventIdentity identity,
        String type,
        @Nullable Instant time,
        @Nullable String subject,
        @Nullable String traceparent) {}
