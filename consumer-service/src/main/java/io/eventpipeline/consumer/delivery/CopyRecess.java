package io.eventpipeline.consumer.delivery;

import io.eventpipeline.model.event.Event;
import io.eventpipeline.model.event.EventTypes;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/**
 * For which events {@code COPY} is worth a try. A copy that fails was work for nothing, so after
 * each failure in a row there are twice as many batches without. Thread-safe.
 */
@Component
final class CopyRecess {

    static final int SHORTEST = 4;
    static final int LONGEST = 128;

    private final Map<Class<? extends Event>, Recess> recesses = new ConcurrentHashMap<>();
    private final MeterRegistry registry;

    CopyRecess(MeterRegistry registry) {
        this.registry = registry;
    }

    /** Whether to copy the next batch of these events; one of the batches that it is not. */
    boolean mayCopy(Class<? extends Event> type) {
        Recess now =
                recesses.computeIfPresent(
                        type, (_, recess) -> new Recess(recess.length(), recess.left() - 1));
        return now == null || now.left() < 0;
    }

    /** A copy went in. */
    void succeeded(Class<? extends Event> type) {
        recesses.remove(type);
        count(type, "stored");
    }

    /** A copy failed, and with it its transaction. */
    void failed(Class<? extends Event> type) {
        recesses.compute(
                type,
                (_, recess) -> {
                    int length = recess == null ? SHORTEST : Math.min(2 * recess.length(), LONGEST);
                    return new Recess(length, length);
                });
        count(type, "failed");
    }

    private void count(Class<? extends Event> type, String outcome) {
        registry.counter(
                        "pipeline.consumer.copies",
                        "type",
                        EventTypes.nameOf(type),
                        "outcome",
                        outcome)
                .increment();
    }

    private record Recess(int length, int left) {}
}
