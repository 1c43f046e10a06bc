package io.eventpipeline.streams.pages;

import io.eventpipeline.model.web.PageCount;
import java.time.Duration;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.kstream.Windowed;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Passes interim counts of one window kind on while their window is open, and tells the final one
 * once when it closes, from the store that the interim counts come from. (Kafka Streams' own {@code
 * EmitStrategy.onWindowClose} tells only final results: to have both it would need every store
 * twice.) How far windows are closed is kept in a store of its own, in the same transaction, so a
 * restart repeats no final count and forgets none.
 *
 * <p>Time moves by views alone: in a partition without views nothing closes. One instance a task.
 */
final class ClosingProcessor
        extends ContextualProcessor<Windowed<String>, @Nullable Long, String, @Nullable PageCount> {

    private static final Duration INTERVAL = Duration.ofSeconds(1);
    private static final long NOTHING_CLOSED = -1;

    private final WindowRules rules;
    private final CountStore.Opener opener;

    private Stores stores;
    private long closedEnd = NOTHING_CLOSED;

    private record Stores(CountStore counts, KeyValueStore<String, Long> closed) {}

    @SuppressWarnings("NullAway.Init") // Streams calls init before anything else.
    ClosingProcessor(WindowRules rules, CountStore.Opener opener) {
        this.rules = rules;
        this.opener = opener;
    }

    @Override
    public void init(ProcessorContext<String, @Nullable PageCount> context) {
        super.init(context);
        StateStore counts = context.getStateStore(PageCountsTopology.store(rules.kind()));
        KeyValueStore<String, Long> closed = context.getStateStore(PageCountsTopology.CLOSED_STORE);
        stores = new Stores(opener.open(counts), closed);
        Long stored = closed.get(rules.kind().wireName());
        closedEnd = stored == null ? NOTHING_CLOSED : stored;
        context.schedule(INTERVAL, PunctuationType.STREAM_TIME, this::close);
    }

    /** An interim count, or null for a session that became a part of another. */
    @Override
    public void process(Record<Windowed<String>, @Nullable Long> update) {
        Windowed<String> page = update.key();
        if (page.window().end() <= closedEnd) {
            // The cache held it back until after the final count, which it is a part of.
            return;
        }
        Long count = update.value();
        context()
                .forward(
                        count == null
                                ? PageCountRecords.gone(rules.kind(), page, update.timestamp())
                                : PageCountRecords.count(
                                        rules.kind(), page, count, false, update.timestamp()));
    }

    private void close(long streamTime) {
        long end = rules.lastClosedEnd(streamTime);
        if (end <= closedEnd) {
            return;
        }
        try (KeyValueIterator<Windowed<String>, Long> closing =
                stores.counts().endingWithin(closedEnd + 1, end)) {
            while (closing.hasNext()) {
                KeyValue<Windowed<String>, Long> page = closing.next();
                long windowEnd = page.key.window().end();
                if (windowEnd > closedEnd && windowEnd <= end) {
                    context()
                            .forward(
                                    PageCountRecords.count(
                                            rules.kind(), page.key, page.value, true, windowEnd));
                }
            }
        }
        stores.closed().put(rules.kind().wireName(), end);
        closedEnd = end;
    }
}
