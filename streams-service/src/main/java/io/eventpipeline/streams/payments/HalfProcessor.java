package io.eventpipeline.streams.payments;

import io.eventpipeline.model.cloudevents.CloudEventHeaders;
import io.eventpipeline.model.event.EventIdentity;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/**
 * Puts an order or a payment under its order id. One instance a task.
 *
 * @param <V> what comes in
 */
final class HalfProcessor<V> extends ContextualProcessor<String, V, String, PaymentHalf> {

    private final Reader<V> reader;

    private HalfProcessor(Reader<V> reader) {
        this.reader = reader;
    }

    static <V> ProcessorSupplier<String, V, String, PaymentHalf> supplier(Reader<V> reader) {
        return () -> new HalfProcessor<>(reader);
    }

    @Override
    public void process(Record<String, V> record) {
        RecordMetadata place = context().recordMetadata().orElseThrow();
        PaymentHalf half =
                reader.read(
                        record.value(),
                        CloudEventHeaders.identityOf(
                                record.headers(), place.topic(), place.partition(), place.offset()),
                        record.headers());
        context().forward(new Record<>(half.orderId().value(), half, record.timestamp()));
    }

    /** Reads a half. */
    @FunctionalInterface
    interface Reader<V> {

        PaymentHalf read(V value, EventIdentity identity, Headers headers);
    }
}
