package io.eventpipeline.producer.delivery;

import org.jspecify.annotations.Nullable;

/**
 * The event is stored as its topic's profile demands. The components are the JSON of the answer.
 *
 * @param eventId the event's id, its {@code ce_id}; for a record that has none the place where it
 *     is, {@code <topic>/<partition>/<offset>}, and null if that is not known
 * @param topic where it is
 * @param partition where it is
 * @param offset where it is; -1 if the profile does not wait for a broker (acks=0)
 * @param timestamp the record's timestamp, in ms since the epoch: when the service took it, or what
 *     the sender gave
 */
public record Receipt(
        @Nullable String eventId, String topic, int partition, long offset, long timestamp)
        implements DeliveryResult {

    /** The receipt of a record that is stored there. */
    public static Receipt of(OutgoingRecord stored, int partition, long offset) {
        String topic = stored.topic().name();
        String id = stored.id();
        if (id == null && offset >= 0) {
            id = topic + "/" + partition + "/" + offset;
        }
        return new Receipt(id, topic, partition, offset, stored.timestamp());
    }
}
