package io.eventpipeline.streams.queries.stores;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.apache.kafka.streams.state.ValueAndTimestamp;
import org.jspecify.annotations.Nullable;

/**
 * An entry of a store.
 *
 * @param key its key
 * @param value its value, as JSON
 * @param since from when on the value holds; of versioned tables only
 * @param from the beginning of its window, if it has one
 * @param to the end of its window, if it has one and it is not the same for all
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record StoreEntry(
        String key,
        Object value,
        @Nullable Instant since,
        @Nullable Instant from,
        @Nullable Instant to) {

    static StoreEntry of(String key, Object value) {
        return new StoreEntry(key, value, null, null, null);
    }

    /** A value without the timestamp that Kafka Streams keeps beside it. */
    static Object plain(Object value) {
        return value instanceof ValueAndTimestamp<?> stamped ? stamped.value() : value;
    }
}
