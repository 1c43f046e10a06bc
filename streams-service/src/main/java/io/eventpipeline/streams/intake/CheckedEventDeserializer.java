package io.eventpipeline.streams.intake;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.eventpipeline.model.cloudevents.CloudEventHeaders;
import io.eventpipeline.model.event.Event;
import io.eventpipeline.model.event.EventTypes;
import io.eventpipeline.model.serde.EventSerdes;
import java.util.Arrays;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/**
 * Reads an event whose {@code ce_type}, if the record has one, is that of the topic: a value of
 * another type may happen to have the same fields and still mean something else. A record of a
 * foreign producer has no {@code ce_type} and is judged by its value alone. Thread-safe.
 */
final class CheckedEventDeserializer<E extends Event> implements Deserializer<E> {

    private final byte[] expectedType;
    private final Deserializer<E> values;

    CheckedEventDeserializer(Class<E> type) {
        expectedType = EventTypes.nameOf(type).getBytes(UTF_8);
        values = EventSerdes.deserializer(type);
    }

    @Override
    @SuppressWarnings("NullAway") // Kafka's contract: null in, null out.
    public @Nullable E deserialize(String topic, Headers headers, byte @Nullable [] json) {
        Header type = headers.lastHeader(CloudEventHeaders.TYPE);
        if (json != null && type != null && !Arrays.equals(expectedType, type.value())) {
            throw new SerializationException(
                    "Refused to read from "
                            + topic
                            + ": its events are "
                            + new String(expectedType, UTF_8)
                            + ", "
                            + CloudEventHeaders.TYPE
                            + " names another type");
        }
        return deserialize(topic, json);
    }

    @Override
    @SuppressWarnings("NullAway") // Kafka's contract: null in, null out.
    public @Nullable E deserialize(String topic, byte @Nullable [] json) {
        return values.deserialize(topic, json);
    }
}
