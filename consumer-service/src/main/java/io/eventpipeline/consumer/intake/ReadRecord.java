package io.eventpipeline.consumer.intake;

import io.eventpipeline.model.event.Event;
import io.eventpipeline.model.event.EventIdentity;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** A record of a topic after reading: an event, or poison. */
public sealed interface ReadRecord {

    /** The record as it came. */
    ConsumerRecord<byte[], byte[]> source();

    /**
     * A record that holds a valid event.
     *
     * @param source the record as it came
     * @param identity which event it is
     * @param event what happened
     */
    record Valid(ConsumerRecord<byte[], byte[]> source, EventIdentity identity, Event event)
            implements ReadRecord {}

    /**
     * A record that goes to the dead-letter topic.
     *
     * @param source the record as it came
     * @param cause why
     */
    record Poison(ConsumerRecord<byte[], byte[]> source, PoisonRecordException cause)
            implements ReadRecord {}
}
