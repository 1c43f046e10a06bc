package io.eventpipeline.starter.tracing;

import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.producer.ProducerInterceptor;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * Adds spans to what a producer sends, whoever owns it: a transaction, a profile, Kafka Streams.
 * Kafka makes it by its class name, so it has a public constructor without parameters. Thread-safe.
 */
public final class TracingProducerInterceptor implements ProducerInterceptor<Object, Object> {

    private @Nullable RecordSpans spans;

    /** Made by Kafka. */
    public TracingProducerInterceptor() {}

    @Override
    public void configure(Map<String, ?> configs) {
        spans = (RecordSpans) Objects.requireNonNull(configs.get(RecordSpans.CONFIG));
    }

    @Override
    public ProducerRecord<Object, Object> onSend(ProducerRecord<Object, Object> outgoing) {
        return Objects.requireNonNull(spans).send(outgoing);
    }

    @Override
    public void onAcknowledgement(
            @Nullable RecordMetadata metadata,
            @Nullable Exception failure,
            @Nullable Headers headers) {
        if (headers != null) {
            Objects.requireNonNull(spans).sent(headers, failure);
        }
    }

    @Override
    public void close() {}
}
