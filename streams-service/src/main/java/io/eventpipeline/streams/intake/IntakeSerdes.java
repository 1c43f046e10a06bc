package io.eventpipeline.streams.intake;

import io.eventpipeline.model.event.Event;
import io.eventpipeline.model.serde.EventSerdes;
import java.util.function.BiConsumer;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.jspecify.annotations.Nullable;

/** How topologies read topics. All serdes are thread-safe; {@code null} stays {@code null}. */
public final class IntakeSerdes {

    private IntakeSerdes() {}

    /** Reads events; throws {@link SerializationException} on everything else. */
    public static <E extends Event> Serde<E> checked(Class<E> type) {
        return Serdes.serdeFrom(EventSerdes.serializer(), new CheckedEventDeserializer<>(type));
    }

    /** Reads events and keeps their bytes; throws like {@link #checked}. */
    @SuppressWarnings("NullAway") // Kafka's contract: null in, null out.
    public static <E extends Event> Serde<ReceivedEvent<E>> received(Class<E> type) {
        Deserializer<E> events = new CheckedEventDeserializer<>(type);
        return Serdes.serdeFrom(
                (topic, received) -> received == null ? null : received.json().get(),
                new Deserializer<>() {
                    @Override
                    public @Nullable ReceivedEvent<E> deserialize(
                            String topic, Headers headers, byte @Nullable [] json) {
                        return received(json, events.deserialize(topic, headers, json));
                    }

                    @Override
                    public @Nullable ReceivedEvent<E> deserialize(
                            String topic, byte @Nullable [] json) {
                        return received(json, events.deserialize(topic, json));
                    }
                });
    }

    /**
     * Reads events of a global table. A value that cannot be read counts as deleted: a global store
     * is restored from its topic byte by byte without being read, so a strict reader would keep the
     * old value while it runs, and fail at each look at the key after a restart.
     *
     * @param unreadable hears of the topic and the failure; called on the global thread for each
     *     new record, and on any thread for each look at such a key
     */
    @SuppressWarnings("NullAway") // Kafka's contract: null in, null out.
    public static <E extends Event> Serde<E> forgiving(
            Class<E> type, BiConsumer<String, SerializationException> unreadable) {
        Deserializer<E> events = new CheckedEventDeserializer<>(type);
        return Serdes.serdeFrom(
                EventSerdes.serializer(),
                new Deserializer<>() {
                    @Override
                    public @Nullable E deserialize(
                            String topic, Headers headers, byte @Nullable [] json) {
                        try {
                            return events.deserialize(topic, headers, json);
                        } catch (SerializationException e) {
                            unreadable.accept(topic, e);
                            return null;
                        }
                    }

                    @Override
                    public @Nullable E deserialize(String topic, byte @Nullable [] json) {
                        try {
                            return events.deserialize(topic, json);
                        } catch (SerializationException e) {
                            unreadable.accept(topic, e);
                            return null;
                        }
                    }
                });
    }

    private static <E extends Event> @Nullable ReceivedEvent<E> received(
            byte @Nullable [] json, @Nullable E event) {
        return json == null || event == null ? null : new ReceivedEvent<>(event, Bytes.wrap(json));
    }
}
