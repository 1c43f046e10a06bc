package io.eventpipeline.consumer.deadletters.triage;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;

/**
 * How many dead letters wait for somebody, by topic and cause. The tags come from headers that
 * anybody can write, so all but the most frequent are summed up as {@code other}. Thread-safe.
 */
@Component
final class DeadLetterMetrics {

    private static final int MOST_ROWS = 100;

    private final MultiGauge open;
    private final Counter expired;
    private volatile long total;

    DeadLetterMetrics(MeterRegistry registry) {
        open =
                MultiGauge.builder("pipeline.consumer.dead.letters.open")
                        .description("Dead letters that were neither sent back nor discarded")
                        .register(registry);
        expired =
                Counter.builder("pipeline.consumer.dead.letters.expired")
                        .description("Open dead letters that retention removed")
                        .register(registry);
    }

    /** How many were open when it was last looked at. */
    long total() {
        return total;
    }

    void refresh(DeadLetterIndex index, int removed) {
        expired.increment(removed);
        total = index.countOpen();
        long others = total;
        List<MultiGauge.Row<?>> rows = new ArrayList<>();
        for (DeadLetterIndex.OpenCount count : index.countOpenByCause(MOST_ROWS)) {
            others -= count.count();
            rows.add(row(count.topic(), count.cause(), count.count()));
        }
        if (others > 0) {
            rows.add(row("other", "other", others));
        }
        open.register(rows, true);
    }

    private static MultiGauge.Row<?> row(String topic, String cause, long count) {
        return MultiGauge.Row.of(Tags.of("topic", topic, "cause", cause), count);
    }
}
