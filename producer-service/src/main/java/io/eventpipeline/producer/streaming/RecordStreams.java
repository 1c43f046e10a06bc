package io.eventpipeline.producer.streaming;

import io.eventpipeline.producer.delivery.EventPublisher;
import io.eventpipeline.producer.ratelimits.RateLimits;
import io.eventpipeline.producer.records.RecordFactory;
import io.eventpipeline.producer.records.RecordIntake;
import io.eventpipeline.producer.records.RecordOptions;
import io.eventpipeline.producer.topics.AvailableTopic;
import io.eventpipeline.starter.problem.ProblemType;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import tools.jackson.databind.json.JsonMapper;

/** The streams that are open now, and their end when the service ends. Thread-safe. */
final class RecordStreams {

    private static final int RETRY_AFTER_SECONDS = 5;

    private final Set<RecordStream> open = ConcurrentHashMap.newKeySet();
    private final StreamingProperties properties;
    private final RecordIntake intake;
    private final RecordFactory factory;
    private final EventPublisher publisher;
    private final JsonMapper json;
    private volatile boolean closing;

    RecordStreams(
            StreamingProperties properties,
            RecordIntake intake,
            RecordFactory factory,
            EventPublisher publisher,
            JsonMapper json,
            MeterRegistry registry) {
        this.properties = properties;
        this.intake = intake;
        this.factory = factory;
        this.publisher = publisher;
        this.json = json;
        Gauge.builder("pipeline.producer.streams", open, Set::size)
                .description("Streams of records that are open now")
                .register(registry);
    }

    /**
     * Takes a stream to its end.
     *
     * @throws org.springframework.web.ErrorResponseException before anything is answered: 400, 404,
     *     503
     * @throws IOException if the connection fails
     */
    void run(
            String topic,
            RecordOptions options,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        AvailableTopic target = intake.topic(topic, options);
        if (closing || open.size() >= properties.maxStreams()) {
            throw ProblemType.OVERLOADED.exception(
                    closing
                            ? "The service ends; nothing was sent"
                            : "More than " + properties.maxStreams() + " streams at once",
                    RETRY_AFTER_SECONDS);
        }
        publisher
                .obstacle()
                .ifPresent(why -> {
                    throw why.type().exception(why.detail(), RETRY_AFTER_SECONDS);
                });
        RecordStream stream =
                new RecordStream(
                        target,
                        () -> intake.begin(request, options, "/topics/" + topic + "/records", true),
                        factory,
                        publisher,
                        properties,
                        RateLimits.paceOf(request),
                        new ReceiptLines(json, response));
        open.add(stream);
        try {
            stream.run(request.getInputStream());
        } finally {
            open.remove(stream);
        }
    }

    /** Comes before the web server stops taking requests: what was read is finished, no more is. */
    @EventListener(ContextClosedEvent.class)
    void end() {
        closing = true;
        open.forEach(RecordStream::end);
    }
}
