package io.eventpipeline.streams.intake;

import io.eventpipeline.model.event.Event;
import org.apache.kafka.common.utils.Bytes;

/**
 * An event together with the bytes that it was read from. Whoever may have to write a dead letter
 * later keeps the bytes: written anew, the event would lose the fields that only newer producers
 * know.
 *
 * @param event what was read
 * @param json the record's value as it was
 * @param <E> the type of event
 */
public record ReceivedEvent<E extends Event>(E event, Bytes json) {}
