package io.eventpipeline.starter.tracing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.tracing.otel.bridge.OtelPropagator;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.propagation.ContextPropagators;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.junit.jupiter.api.Test;

/** A record carries a trace on: who sends it is a span of that trace. */
class RecordSpansTests {

    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String CAUSE = "00f067aa0ba902b7";
    private static final String SAMPLED = "00-" + TRACE + "-" + CAUSE + "-01";
    private static final String TOPIC = "parcels";

    private final InMemorySpanExporter exported = InMemorySpanExporter.create();
    private final RecordSpans spans =
            new RecordSpans(
                    new OtelPropagator(
                            ContextPropagators.create(W3CTraceContextPropagator.getInstance()),
                            SdkTracerProvider.builder()
                                    .setSampler(Sampler.parentBased(Sampler.alwaysOff()))
                                    .addSpanProcessor(SimpleSpanProcessor.create(exported))
                                    .build()
                                    .get("test")));

    private static ProducerRecord<String, String> outgoing(String topic, String traceparent) {
        ProducerRecord<String, String> outgoing = new ProducerRecord<>(topic, "key", "value");
        outgoing.headers()
                .add("traceparent", traceparent.getBytes(UTF_8))
                .add("tracestate", "vendor=1".getBytes(UTF_8));
        return outgoing;
    }

    private static String header(Headers headers, String name) {
        return new String(headers.lastHeader(name).value(), UTF_8);
    }

    @Test
    void makesTheSpanOfSendingTheRecordsContext() {
        ProducerRecord<String, String> sent = spans.send(outgoing(TOPIC, SAMPLED));
        spans.sent(sent.headers(), null);

        SpanData span = exported.getFinishedSpanItems().getFirst();
        assertThat(span.getKind()).isEqualTo(SpanKind.PRODUCER);
        assertThat(span.getName()).isEqualTo("send parcels");
        assertThat(span.getTraceId()).isEqualTo(TRACE);
        assertThat(span.getParentSpanId()).isEqualTo(CAUSE);
        assertThat(header(sent.headers(), "traceparent"))
                .isEqualTo("00-" + TRACE + "-" + span.getSpanId() + "-01");
        assertThat(header(sent.headers(), "tracestate")).isEqualTo("vendor=1");
        assertThat(sent.headers().toArray()).hasSize(2);
    }

    @Test
    void tellsWhyARecordWasNotSent() {
        ProducerRecord<String, String> sent = spans.send(outgoing(TOPIC, SAMPLED));
        assertThat(exported.getFinishedSpanItems()).as("not answered yet").isEmpty();

        spans.sent(sent.headers(), new IllegalStateException("No leader"));

        assertThat(exported.getFinishedSpanItems().getFirst().getStatus().getStatusCode())
                .isEqualTo(StatusCode.ERROR);
    }

    @Test
    void exportsNothingOfATraceThatIsNotSampled() {
        ProducerRecord<String, String> sent =
                spans.send(outgoing(TOPIC, SAMPLED.replace("-01", "-00")));
        spans.sent(sent.headers(), null);

        assertThat(exported.getFinishedSpanItems()).isEmpty();
        assertThat(header(sent.headers(), "traceparent")).startsWith("00-" + TRACE).endsWith("-00");
    }

    @Test
    void leavesDeadLettersAndRecordsWithoutTraceAlone() {
        ProducerRecord<String, String> letter = outgoing(TOPIC + "-dlt", SAMPLED);
        ProducerRecord<String, String> none = new ProducerRecord<>(TOPIC, "value");

        assertThat(spans.send(letter)).isSameAs(letter);
        assertThat(spans.send(none)).isSameAs(none);
        spans.sent(letter.headers(), null);
        spans.sent(none.headers(), null);
        assertThat(exported.getFinishedSpanItems()).isEmpty();
    }
}
