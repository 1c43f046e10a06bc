package io.eventpipeline.producer.intake;

import io.eventpipeline.starter.problem.ProblemType;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.web.ErrorResponseException;

/**
 * Bounds the requests that are worked on at once, and the bytes of their bodies, so that a flood is
 * answered with 503 at once instead of filling the heap. Thread-safe; a {@link Share} belongs to
 * one thread.
 */
public final class InFlightLimit {

    private static final int RETRY_AFTER_SECONDS = 1;

    private final int maxRequests;
    private final long maxBytes;
    private final AtomicInteger requests = new AtomicInteger();
    private final AtomicLong bytes = new AtomicLong();

    InFlightLimit(int maxRequests, long maxBytes) {
        this.maxRequests = maxRequests;
        this.maxBytes = maxBytes;
    }

    /** Shows what is in flight, next to the limits of it. */
    void bindTo(MeterRegistry registry) {
        Gauge.builder("pipeline.producer.in.flight.requests", requests, AtomicInteger::get)
                .description("Requests that are worked on now")
                .register(registry);
        Gauge.builder("pipeline.producer.in.flight.bytes", bytes, AtomicLong::get)
                .description("Bytes of their bodies")
                .register(registry);
    }

    /**
     * Lets a request in; close the share when it is answered.
     *
     * @throws ErrorResponseException 503 if there are too many
     */
    public Share enter() {
        if (requests.incrementAndGet() > maxRequests) {
            requests.decrementAndGet();
            throw overloaded("More than " + maxRequests + " requests at once; nothing was sent");
        }
        return new Share();
    }

    private static ErrorResponseException overloaded(String detail) {
        ErrorResponseException refused =
                ProblemType.OVERLOADED.exception(detail, RETRY_AFTER_SECONDS);
        refused.getBody().setProperty("outcome", "not_written");
        return refused;
    }

    /** What one request holds. */
    public final class Share implements AutoCloseable {

        private long held;

        /**
         * Takes room for a part of the body.
         *
         * @throws ErrorResponseException 503 if there is none
         */
        public void take(long count) {
            if (bytes.addAndGet(count) > maxBytes) {
                bytes.addAndGet(-count);
                throw overloaded(
                        "Bodies of more than " + maxBytes + " bytes at once; nothing was sent");
            }
            held += count;
        }

        @Override
        public void close() {
            bytes.addAndGet(-held);
            held = 0;
            requests.decrementAndGet();
        }
    }
}
