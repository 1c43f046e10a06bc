package io.eventpipeline.model.event;

/**
 * What makes two records the same event: CloudEvents 1.0.2 demands that {@code source} + {@code id}
 * is unique for each distinct event. Tables are unique on the pair, so that a second copy is
 * recognised wherever it comes from.
 *
 * @param source the {@code ce_source}; empty for a record without CloudEvents headers (a real
 *     source never is)
 * @param id the {@code ce_id}; {@code <topic>/<partition>/<offset>} for a record without
 *     CloudEvents headers
 */
public record EventIdentity(String source, String id) {

    /** The identity of a record that a foreign producer wrote without CloudEvents headers. */
    public static EventIdentity ofPosition(String topic, int partition, long offset) {
        return new EventIdentity("", topic + "/" + partition + "/" + offset);
    }
}
