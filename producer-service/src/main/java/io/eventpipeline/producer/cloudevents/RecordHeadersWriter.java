package io.eventpipeline.producer.cloudevents;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.eventpipeline.model.cloudevents.CloudEventHeaders;
import io.eventpipeline.producer.intake.TraceContext;
import io.eventpipeline.producer.intake.TraceParent;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/**
 * Writes attributes as record headers (CloudEvents Kafka protocol binding 1.0.2, section 3.2):
 * {@code ce_} and the name, UTF-8 that is not percent-encoded, and {@code content-type} for the
 * data. Extensions stay what they are, also those that the service uses itself. Stateless.
 */
final class RecordHeadersWriter {

    private static final String PREFIX = "ce_";

    private RecordHeadersWriter() {}

    /**
     * The headers of an event whose value is its data.
     *
     * @param hop the trace context of the request, which is that of this one hop. If its sender
     *     gave none the event's own goes on, which is where its journey began (extension
     *     "Distributed Tracing")
     */
    static Headers binary(ReceivedEvent event, @Nullable TraceContext hop) {
        return write(event, event.dataContentType(), hop);
    }

    /**
     * The headers of an event that the value has all of. The attributes are repeated, as the
     * binding allows: its identity is found there whatever the mode.
     */
    static Headers structured(ReceivedEvent event, @Nullable TraceContext hop) {
        return write(event, StructuredValue.CONTENT_TYPE, hop);
    }

    private static Headers write(
            ReceivedEvent event, @Nullable String contentType, @Nullable TraceContext hop) {
        Headers headers = new RecordHeaders();
        event.attributes().forEach((name, value) -> add(headers, PREFIX + name, value));
        if (contentType != null) {
            add(headers, CloudEventHeaders.CONTENT_TYPE, contentType);
        }
        String own = TraceParent.validOrNull(event.attribute(AttributeRules.TRACE_PARENT));
        if (hop != null && (hop.sent() || own == null)) {
            hop.writeTo(headers);
        } else if (own != null) {
            add(headers, CloudEventHeaders.TRACEPARENT, own);
        }
        return headers;
    }

    private static void add(Headers headers, String name, String value) {
        headers.add(name, value.getBytes(UTF_8));
    }
}
