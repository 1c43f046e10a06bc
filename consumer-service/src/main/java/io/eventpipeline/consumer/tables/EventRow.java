package io.eventpipeline.consumer.tables;

import io.eventpipeline.model.event.Event;
import io.eventpipeline.model.event.EventIdentity;

/**
 * An event on its way into its table.
 *
 * @param identity which event it is
 * @param event what happened
 * @param partition the partition of the record that carries it
 * @param offset the offset of the record that carries it
 */
public record EventRow<E extends Event>(
        EventIdentity identity, E event, int partition, long offset) {}
