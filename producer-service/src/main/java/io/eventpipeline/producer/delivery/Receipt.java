package io.eventpipeline.producer.delivery;

/**
 * The event is stored as its topic's profile demands. The components are the JSON of the answer.
 *
 * @param eventId the event's id, its {@code ce_id}
 * @param topic where it is
 * @param partition where it is
 * @param offset where it is; -1 if the profile does not wait for a broker (acks=0)
 * @param timestamp when the service took it, in ms since the epoch: the record's timestamp
 */
public record Receipt(String eventId, String topic, int partition, long offset, long timestamp)
        implements DeliveryResult {}
