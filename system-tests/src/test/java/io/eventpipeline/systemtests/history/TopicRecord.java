package io.eventpipeline.systemtests.history;

import io.eventpipeline.model.event.EventIdentity;

/**
 * A committed record of a topic.
 *
 * @param partition its partition
 * @param offset its offset
 * @param identity which event it carries
 * @param orderId which order the event is about
 */
public record TopicRecord(int partition, long offset, EventIdentity identity, String orderId) {}
