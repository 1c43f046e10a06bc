package io.eventpipeline.producer.intake;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.eventpipeline.model.cloudevents.CloudEventHeaders;
import io.eventpipeline.starter.tracing.RequestSpans;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.regex.Pattern;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * The context that a request's records carry on (W3C Trace Context): that of the request's span
 * while tracing is on, else the sender's as it came.
 *
 * @param parent the {@code traceparent}
 * @param state the {@code tracestate} that came with it
 * @param sent whether the sender began the trace
 */
public record TraceContext(String parent, @Nullable String state, boolean sent) {

    private static final String STATE = "tracestate";

    /** What everybody has to hand on (section 3.3.1.5); a longer one is left out. */
    private static final int LONGEST_STATE = 512;

    private static final Pattern PRINTABLE = Pattern.compile("[\\t\\x20-\\x7e]+");

    /** The context of a request; null if it has none, or one that is not valid. */
    public static @Nullable TraceContext of(HttpServletRequest request) {
        String sent = TraceParent.validOrNull(request.getHeader(TraceParent.HEADER));
        String span = RequestSpans.traceparent(request);
        String parent = span == null ? sent : span;
        return parent == null
                ? null
                : new TraceContext(parent, sent == null ? null : state(request), sent != null);
    }

    private static @Nullable String state(HttpServletRequest request) {
        if (request.getHeader(STATE) == null) {
            return null;
        }
        String state = String.join(",", Collections.list(request.getHeaders(STATE)));
        return state.length() <= LONGEST_STATE && PRINTABLE.matcher(state).matches() ? state : null;
    }

    /** Puts it into the headers of a record. */
    public void writeTo(Headers headers) {
        headers.add(CloudEventHeaders.TRACEPARENT, parent.getBytes(US_ASCII));
        if (state != null) {
            headers.add(STATE, state.getBytes(US_ASCII));
        }
    }
}
