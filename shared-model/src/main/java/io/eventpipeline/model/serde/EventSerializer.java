package io.eventpipeline.model.serde;

import io.eventpipeline.model.event.Event;
import io.eventpipeline.model.json.EventJson;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/** Writes an event as UTF-8 JSON; {@code null} stays {@code null}, a tombstone. Thread-safe. */
final class EventSerializer<E extends Event> implements Serializer<E> {

    /**
     * Serialises a checked event.
     *
     * @throws SerializationException if it breaks a constraint; the cause says which
     */
    @Override
    @SuppressWarnings("NullAway") // Kafka's contract: null in, null out.
    public byte @Nullable [] serialize(String topic, @Nullable E event) {
        if (event == null) {
            return null;
        }
        try {
            return EventJson.write(event);
        } catch (RuntimeException e) {
            throw new SerializationException(
                    "Refused to write to " + topic + ": " + e.getMessage(), e);
        }
    }
}
