package io.eventpipeline.streams.topology;

import io.eventpipeline.model.json.EventJson;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.ObjectWriter;

/** How pieces write what they remember, in stores and their changelogs. */
public final class StateSerdes {

    private StateSerdes() {}

    /**
     * State as JSON; fields that a later version had added before it was rolled back are ignored.
     * Thread-safe.
     */
    @SuppressWarnings("NullAway") // Kafka's contract: null in, null out.
    public static <T> Serde<T> json(Class<T> type) {
        ObjectWriter writer = EventJson.mapper().writerFor(type);
        ObjectReader reader =
                EventJson.mapper()
                        .readerFor(type)
                        .without(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
        return Serdes.serdeFrom(
                (topic, state) -> state == null ? null : writer.writeValueAsBytes(state),
                (topic, json) -> json == null ? null : type.cast(read(reader, topic, json)));
    }

    private static Object read(ObjectReader reader, String topic, byte[] json) {
        try {
            return reader.readValue(json);
        } catch (JacksonException e) {
            // No SerializationException: that would blame the record in hand, which is not at
            // fault.
            throw new IllegalStateException("Cannot read the state in " + topic, e);
        }
    }
}
