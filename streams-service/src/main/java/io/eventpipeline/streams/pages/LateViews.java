package io.eventpipeline.streams.pages;

import io.eventpipeline.model.web.PageViewed;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.apache.kafka.streams.processor.api.ContextualFixedKeyProcessor;
import org.apache.kafka.streams.processor.api.FixedKeyProcessorSupplier;
import org.apache.kafka.streams.processor.api.FixedKeyRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds back the views whose windows of one kind are all closed, and counts them: {@code
 * pipeline.streams.late-events} by {@code window}. Kafka Streams itself would forget after a
 * restart how far time was, and change counts that were final. One instance a task.
 */
final class LateViews extends ContextualFixedKeyProcessor<String, PageViewed, PageViewed> {

    private static final Logger log = LoggerFactory.getLogger(LateViews.class);

    private final WindowRules rules;
    private final Counter late;

    private LateViews(WindowRules rules, Counter late) {
        this.rules = rules;
        this.late = late;
    }

    static FixedKeyProcessorSupplier<String, PageViewed, PageViewed> supplier(
            WindowRules rules, MeterRegistry registry) {
        Counter late =
                Counter.builder("pipeline.streams.late-events")
                        .description("Events that came after all of their windows had closed")
                        .tag("topology", PageCountRecords.TOPOLOGY)
                        .tag("window", rules.kind().wireName())
                        .register(registry);
        return () -> new LateViews(rules, late);
    }

    @Override
    public void process(FixedKeyRecord<String, PageViewed> record) {
        if (rules.isLate(record.timestamp(), context().currentStreamTimeMs())) {
            late.increment();
            log.debug(
                    "Late for every {} window: {} of page {}",
                    rules.kind().wireName(),
                    record.value().viewedAt(),
                    record.key());
            return;
        }
        context().forward(record);
    }
}
