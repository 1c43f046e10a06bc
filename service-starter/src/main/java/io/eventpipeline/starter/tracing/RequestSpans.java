package io.eventpipeline.starter.tracing;

import io.micrometer.tracing.TraceContext;
import io.micrometer.tracing.handler.TracingObservationHandler.TracingContext;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.web.filter.ServerHttpObservationFilter;

/** The span of a request, which is there only while tracing is on. */
public final class RequestSpans {

    private RequestSpans() {}

    /** The context of the request's span as a {@code traceparent}; null while tracing is off. */
    public static @Nullable String traceparent(HttpServletRequest request) {
        return context(request)
                .map(context ->
                        "00-"
                                + context.traceId()
                                + "-"
                                + context.spanId()
                                + (isSampled(context) ? "-01" : "-00"))
                .orElse(null);
    }

    /** The id of the request's trace if its spans are sent anywhere. */
    static Optional<String> sampledTrace(HttpServletRequest request) {
        return context(request).filter(RequestSpans::isSampled).map(TraceContext::traceId);
    }

    private static Optional<TraceContext> context(HttpServletRequest request) {
        return ServerHttpObservationFilter.findObservationContext(request)
                .map(observation -> observation.<TracingContext>get(TracingContext.class))
                .map(TracingContext::getSpan)
                .map(span -> span.context());
    }

    private static boolean isSampled(TraceContext context) {
        return Boolean.TRUE.equals(context.sampled());
    }
}
