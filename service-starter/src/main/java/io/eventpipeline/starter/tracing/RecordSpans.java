package io.eventpipeline.starter.tracing;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.eventpipeline.model.cloudevents.CloudEventHeaders;
import io.eventpipeline.model.topic.TopicDefinition;
import io.micrometer.tracing.Span;
import io.micrometer.tracing.propagation.Propagator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/**
 * Spans of records, named as OpenTelemetry's conventions for messaging name them. The context is
 * that of the record's own headers and not of a thread, because a record is often sent by another
 * thread than took it. A record without {@code traceparent} gets no span. Thread-safe.
 */
public final class RecordSpans {

    /** Under this key a client's settings hand these to {@link TracingProducerInterceptor}. */
    static final String CONFIG = "pipeline.tracing.spans";

    private static final int SPAN_ID = 36;
    private static final int FLAGS = 53;
    private static final int LENGTH = 55;

    private final Propagator propagator;
    private final Map<String, Span> sending = new ConcurrentHashMap<>();

    RecordSpans(Propagator propagator) {
        this.propagator = propagator;
    }

    /** The settings that make a producer add its span to what it sends. */
    public Map<String, Object> producerConfig() {
        return Map.of(
                ProducerConfig.INTERCEPTOR_CLASSES_CONFIG,
                TracingProducerInterceptor.class.getName(),
                CONFIG,
                this);
    }

    /** Begins the span of a record that is sent, and makes it the record's context. */
    <K, V> ProducerRecord<K, V> send(ProducerRecord<K, V> outgoing) {
        // A dead letter keeps its headers, and so does what waits for its next attempt.
        if (traceparent(outgoing.headers()) == null
                || outgoing.topic().endsWith(TopicDefinition.DEAD_LETTER_SUFFIX)
                || TopicDefinition.isRetry(outgoing.topic())) {
            return outgoing;
        }
        Headers headers = new RecordHeaders(outgoing.headers());
        Span span = begin(headers, outgoing.topic(), "send").kind(Span.Kind.PRODUCER).start();
        propagator.inject(span.context(), headers, RecordSpans::put);
        if (!span.isNoop()) {
            sending.put(span.context().spanId(), span);
        }
        return new ProducerRecord<>(
                outgoing.topic(),
                outgoing.partition(),
                outgoing.timestamp(),
                outgoing.key(),
                outgoing.value(),
                headers);
    }

    /** Ends the span of a record that Kafka has answered. */
    void sent(Headers headers, @Nullable Exception failure) {
        String traceparent = traceparent(headers);
        Span span =
                traceparent == null
                        ? null
                        : sending.remove(traceparent.substring(SPAN_ID, FLAGS - 1));
        if (span != null) {
            if (failure != null) {
                span.error(failure);
            }
            span.end();
        }
    }

    private Span.Builder begin(Headers headers, String topic, String operation) {
        return propagator
                .extract(headers, RecordSpans::get)
                .name(operation + " " + topic)
                .tag("messaging.system", "kafka")
                .tag("messaging.operation.type", operation)
                .tag("messaging.destination.name", topic);
    }

    /** One of version 00, which is what we write; others go on untouched. */
    private static @Nullable String traceparent(Headers headers) {
        String traceparent = get(headers, CloudEventHeaders.TRACEPARENT);
        return traceparent != null
                        && traceparent.length() == LENGTH
                        && traceparent.startsWith("00-")
                ? traceparent
                : null;
    }

    private static @Nullable String get(Headers headers, String name) {
        Header header = headers.lastHeader(name);
        return header == null || header.value() == null ? null : new String(header.value(), UTF_8);
    }

    private static void put(@Nullable Headers headers, String name, String value) {
        if (headers != null) {
            headers.remove(name);
            headers.add(name, value.getBytes(UTF_8));
        }
    }
}
