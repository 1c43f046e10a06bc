package io.eventpipeline.streams.intake;

import io.eventpipeline.model.event.Event;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.streams.processor.TimestampExtractor;
import org.apache.kafka.streams.processor.api.ContextualFixedKeyProcessor;
import org.apache.kafka.streams.processor.api.FixedKeyProcessorSupplier;
import org.apache.kafka.streams.processor.api.FixedKeyRecord;

/**
 * The time that an event tells of itself, for topologies whose windows go by it. One event from the
 * future would close every window before its time, so an event that is more than {@link
 * #MOST_AHEAD} ahead of its arrival does not move the time, and is refused by the {@link #check}
 * that must follow its source. Times before 1970 count as 1970, because Kafka Streams would skip
 * such records in silence. Thread-safe.
 *
 * @param <E> the events
 */
public final class EventTime<E extends Event> implements TimestampExtractor {

    /** How far an event may be ahead of the moment at which it was taken: clocks differ. */
    public static final Duration MOST_AHEAD = Duration.ofMinutes(5);

    private final Class<E> type;
    private final Function<E, Instant> time;
    private final InstantSource clock;

    /**
     * Creates it.
     *
     * @param time the time of an event
     * @param clock what no record's arrival can be ahead of
     */
    public EventTime(Class<E> type, Function<E, Instant> time, InstantSource clock) {
        this.type = type;
        this.time = time;
        this.clock = clock;
    }

    @Override
    public long extract(ConsumerRecord<Object, Object> record, long partitionTime) {
        if (type.isInstance(record.value())) {
            long told = toldBy(type.cast(record.value()));
            if (!isAhead(told, record.timestamp(), clock.millis())) {
                return told;
            }
        }
        return Math.max(0, partitionTime);
    }

    /** Whether a time is further ahead of an arrival than clocks differ; all in milliseconds. */
    static boolean isAhead(long time, long arrival, long now) {
        return time > Math.min(arrival, now) + MOST_AHEAD.toMillis();
    }

    static RefusedRecordException refusal() {
        return new RefusedRecordException(
                "The event's time is more than "
                        + MOST_AHEAD.toMinutes()
                        + " minutes ahead of its arrival");
    }

    /** Refuses, by {@link RefusedRecordException}, the events whose time does not count. */
    public FixedKeyProcessorSupplier<String, E, E> check() {
        return () ->
                new ContextualFixedKeyProcessor<>() {
                    @Override
                    public void process(FixedKeyRecord<String, E> record) {
                        if (record.timestamp() != toldBy(record.value())) {
                            throw refusal();
                        }
                        context().forward(record);
                    }
                };
    }

    private long toldBy(E event) {
        return millis(time.apply(event));
    }

    static long millis(Instant time) {
        return Math.max(0, time.toEpochMilli());
    }
}
