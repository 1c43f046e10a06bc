package io.eventpipeline.producer.intake;

import io.eventpipeline.producer.retries.IdempotencyKey;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Gives events of one request their ids. Not shared between requests. */
public final class EventIds {

    private final @Nullable IdempotencyKey key;
    private final boolean array;
    private final Instant takenAt;

    /**
     * Ids of one request.
     *
     * @param key what the sender gave; null makes an id of its own for each event
     * @param array whether the events came as several, so that each needs an id of its own
     * @param takenAt when the service took them
     */
    public EventIds(@Nullable IdempotencyKey key, boolean array, Instant takenAt) {
        this.key = key;
        this.array = array;
        this.takenAt = takenAt;
    }

    /** Whether the sender gave the ids. */
    public boolean given() {
        return key != null;
    }

    /** The id of the event at that place in the request, from 0. */
    public String at(long index) {
        if (key == null) {
            return timeOrdered(takenAt).toString();
        }
        return array ? key.value() + "/" + index : key.value();
    }

    /** UUID version 7 (RFC 9562, section 5.7): neighbours in time are neighbours in an index. */
    static UUID timeOrdered(Instant time) {
        UUID random = UUID.randomUUID();
        long high =
                (time.toEpochMilli() << 16) | 0x7000 | (random.getMostSignificantBits() & 0xFFF);
        return new UUID(high, random.getLeastSignificantBits());
    }
}
