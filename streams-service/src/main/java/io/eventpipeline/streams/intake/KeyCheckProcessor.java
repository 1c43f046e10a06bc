package io.eventpipeline.streams.intake;

import io.eventpipeline.model.event.Event;
import org.apache.kafka.streams.processor.api.FixedKeyProcessor;
import org.apache.kafka.streams.processor.api.FixedKeyProcessorContext;
import org.apache.kafka.streams.processor.api.FixedKeyProcessorSupplier;
import org.apache.kafka.streams.processor.api.FixedKeyRecord;
import org.jspecify.annotations.Nullable;

/**
 * Lets a record pass whose key is that of its event. Another key means another partition, where
 * what it is joined with cannot be found: such a record is refused, by {@link
 * RefusedRecordException}. One instance a task.
 *
 * @param <V> the values that pass
 */
public final class KeyCheckProcessor<V> implements FixedKeyProcessor<String, V, V> {

    private final Reader<V> events;
    private final Tombstones tombstones;
    private @Nullable FixedKeyProcessorContext<String, V> context;

    /** What a record without a value means. */
    public enum Tombstones {
        /** The key is deleted; such records pass. */
        DELETE,
        /** Nothing: such records are refused. */
        REFUSED
    }

    /** Finds the event in a value. */
    @FunctionalInterface
    public interface Reader<V> {

        /** The event in a value. */
        Event eventOf(V value);
    }

    private KeyCheckProcessor(Reader<V> events, Tombstones tombstones) {
        this.events = events;
        this.tombstones = tombstones;
    }

    /** Supplies a check. */
    public static <V> FixedKeyProcessorSupplier<String, V, V> supplier(
            Reader<V> events, Tombstones tombstones) {
        return () -> new KeyCheckProcessor<>(events, tombstones);
    }

    @Override
    public void init(FixedKeyProcessorContext<String, V> context) {
        this.context = context;
    }

    @Override
    public void process(FixedKeyRecord<String, V> record) {
        requireUsable(record.key(), record.value());
        if (context != null) {
            context.forward(record);
        }
    }

    private void requireUsable(@Nullable String key, @Nullable V value) {
        if (key == null) {
            throw new RefusedRecordException("The record has no key");
        }
        if (value == null) {
            if (tombstones == Tombstones.REFUSED) {
                throw new RefusedRecordException("The record has no value");
            }
            return;
        }
        if (!key.equals(events.eventOf(value).key())) {
            throw new RefusedRecordException("The record's key is not that of its event");
        }
    }
}
