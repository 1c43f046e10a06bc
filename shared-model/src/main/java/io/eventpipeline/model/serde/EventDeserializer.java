package io.eventpipeline.model.serde;

import io.eventpipeline.model.event.Event;
import io.eventpipeline.model.json.EventJson;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/**
 * Reads an event from UTF-8 JSON, tolerating unknown fields; {@code null} stays {@code null}.
 * Thread-safe.
 */
final class EventDeserializer<E extends Event> implements Deserializer<E> {

    private final Class<E> type;

    EventDeserializer(Class<E> type) {
        this.type = type;
    }

    /**
     * Deserialises and checks an event.
     *
     * @throws SerializationException if it is not valid; the cause names the pointers
     */
    @Override
    @SuppressWarnings("NullAway") // Kafka's contract: null in, null out.
    public @Nullable E deserialize(String topic, byte @Nullable [] json) {
        if (json == null) {
            return null;
        }
        try {
            return EventJson.read(json, type);
        } catch (RuntimeException e) {
            throw new SerializationException(
                    "Cannot read from " + topic + ": " + e.getMessage(), e);
        }
    }
}
