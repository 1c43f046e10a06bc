package io.eventpipeline.streams.shipments;

import io.eventpipeline.model.json.EventJson;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.ObjectWriter;

/** Waiting orders as JSON, in the store and its changelog. Thread-safe. */
final class WaitingOrderSerde {

    private static final ObjectWriter WRITER = EventJson.mapper().writerFor(WaitingOrder.class);
    private static final ObjectReader READER =
            EventJson.mapper()
                    .readerFor(WaitingOrder.class)
                    // A later version may have added a field before it was rolled back.
                    .without(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    private WaitingOrderSerde() {}

    @SuppressWarnings("NullAway") // Kafka's contract: null in, null out.
    static Serde<WaitingOrder> serde() {
        return Serdes.serdeFrom(
                (topic, order) -> order == null ? null : WRITER.writeValueAsBytes(order),
                WaitingOrderSerde::read);
    }

    @SuppressWarnings("NullAway") // Kafka's contract: null in, null out.
    private static @Nullable WaitingOrder read(String topic, byte @Nullable [] json) {
        try {
            return json == null ? null : READER.readValue(json);
        } catch (JacksonException e) {
            // No SerializationException: that would blame the record in hand, which is not at
            // fault.
            throw new IllegalStateException("Cannot read a waiting order of " + topic, e);
        }
    }
}
