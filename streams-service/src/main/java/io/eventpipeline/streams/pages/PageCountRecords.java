package io.eventpipeline.streams.pages;

import io.eventpipeline.model.event.EventIdentity;
import io.eventpipeline.model.web.PageCount;
import io.eventpipeline.model.web.WindowKind;
import io.eventpipeline.streams.derivation.DerivedEvent;
import java.time.Instant;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.kstream.Window;
import org.apache.kafka.streams.kstream.Windowed;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/** Makes the records of page counts. */
final class PageCountRecords {

    /** The last part of the {@code ce_source} of counts. */
    static final String TOPOLOGY = "page-counts";

    private PageCountRecords() {}

    /**
     * A count. Its identity is what it says: the same count told again after a failure is the same
     * event.
     */
    static Record<String, @Nullable PageCount> count(
            WindowKind kind, Windowed<String> page, long count, boolean isFinal, long timestamp) {
        PageCount value = value(kind, page, count, isFinal);
        String key = value.key();
        return new Record<>(
                key,
                value,
                timestamp,
                DerivedEvent.headers(
                        PageCount.class,
                        DerivedEvent.identity(
                                TOPOLOGY,
                                new EventIdentity(
                                        TOPOLOGY, key + "|" + count + (isFinal ? "|final" : ""))),
                        Instant.ofEpochMilli(timestamp),
                        key,
                        null));
    }

    /** The tombstone of a window that became a part of another: sessions grow together. */
    static Record<String, @Nullable PageCount> gone(
            WindowKind kind, Windowed<String> page, long timestamp) {
        return new Record<>(
                value(kind, page, 0, false).key(), null, timestamp, new RecordHeaders());
    }

    private static PageCount value(
            WindowKind kind, Windowed<String> page, long count, boolean isFinal) {
        Window window = page.window();
        return new PageCount(
                page.key(), kind, window.startTime(), window.endTime(), count, isFinal);
    }
}
