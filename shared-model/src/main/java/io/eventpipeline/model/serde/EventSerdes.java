package io.eventpipeline.model.serde;

import io.eventpipeline.model.event.Event;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.Serializer;

/**
 * Makes the serdes of events. All of them are stateless and thread-safe, and need no configuration.
 */
public final class EventSerdes {

    private EventSerdes() {}

    /** A serde for one event type. */
    public static <E extends Event> Serde<E> of(Class<E> type) {
        return Serdes.serdeFrom(serializer(), deserializer(type));
    }

    /** A serialiser for any event. */
    public static <E extends Event> Serializer<E> serializer() {
        return new EventSerializer<>();
    }

    /** A deserialiser for one event type. */
    public static <E extends Event> Deserializer<E> deserializer(Class<E> type) {
        return new EventDeserializer<>(type);
    }
}
