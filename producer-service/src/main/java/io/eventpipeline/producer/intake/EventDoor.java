package io.eventpipeline.producer.intake;

import io.eventpipeline.model.event.Event;
import io.eventpipeline.model.topic.PipelineTopic;
import java.time.Instant;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What an endpoint takes.
 *
 * @param topic where the events go
 * @param type what they are
 * @param time the event's own time, for {@code ce_time}; null where the type has none, which then
 *     is the moment the service took it
 * @param windowed the JSON pointer of {@code time} if topologies count in windows by it, so that it
 *     may not lie far ahead; else null
 */
public record EventDoor<E extends Event>(
        PipelineTopic topic,
        Class<E> type,
        @Nullable Function<E, Instant> time,
        @Nullable String windowed) {

    /** A door for events that have a time of their own. */
    static <E extends Event> EventDoor<E> timed(
            PipelineTopic topic, Class<E> type, Function<E, Instant> time) {
        return new EventDoor<>(topic, type, time, null);
    }

    /** A door for events that say how something is from now on. */
    static <E extends Event> EventDoor<E> untimed(PipelineTopic topic, Class<E> type) {
        return new EventDoor<>(topic, type, null, null);
    }

    /** A door for events that are counted in windows of their time, at that pointer. */
    static <E extends Event> EventDoor<E> windowed(
            PipelineTopic topic, Class<E> type, Function<E, Instant> time, String pointer) {
        return new EventDoor<>(topic, type, time, pointer);
    }

    /** The event's own time, else when the service took it. */
    public Instant timeOf(E event, Instant takenAt) {
        return time == null ? takenAt : time.apply(event);
    }
}
