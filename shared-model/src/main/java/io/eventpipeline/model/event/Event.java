package io.eventpipeline.model.event;

/**
 * Something that happened, as it is stored in a topic. Each implementation is an immutable record
 * that carries an {@link EventType}; the sealed interface of its domain lists it. Components that
 * are not {@code @Nullable} are required. A record that was built by hand is only known to be valid
 * once it went through a serde or a reader of {@code io.eventpipeline.model.json}, which check its
 * constraints on both sides of a topic.
 */
public interface Event {

    /**
     * The record key: all events with the same key share a partition and so an order. Never blank.
     */
    String key();
}
