package io.eventpipeline.streams.pages;

import io.eventpipeline.model.web.WindowKind;
import java.time.Duration;
import org.apache.kafka.streams.kstream.SessionWindows;
import org.apache.kafka.streams.kstream.SlidingWindows;
import org.apache.kafka.streams.kstream.TimeWindows;

/**
 * When windows of one kind close. All times are milliseconds since 1970; stream time is the latest
 * time of any view that a partition has had. Only the time of a view decides whether it is late,
 * never what happens to be in a store, so that a restart changes nothing and anybody can count anew
 * from the topic. Immutable.
 */
final class WindowRules {

    private final WindowKind kind;
    private final PageCountsProperties settings;
    private final long size;
    private final long hop;
    private final long gap;
    private final long grace;

    WindowRules(WindowKind kind, PageCountsProperties settings) {
        this.kind = kind;
        this.settings = settings;
        size = settings.size().toMillis();
        hop = settings.hop().toMillis();
        gap = settings.sessionGap().toMillis();
        grace = settings.grace().toMillis();
    }

    WindowKind kind() {
        return kind;
    }

    /** How long a window is; sessions are as long as they are. */
    long size() {
        return size;
    }

    /** The last end at which windows are closed: the same as Kafka Streams' own rule. */
    long lastClosedEnd(long streamTime) {
        return switch (kind) {
            case TUMBLING, HOPPING -> streamTime - grace;
            // Their last moment belongs to them.
            case SLIDING -> streamTime - grace - 1;
            case SESSION -> streamTime - grace - gap - 1;
        };
    }

    /**
     * Whether all windows that a view belongs to are closed; of sessions, whether one is that it
     * would continue. (There Kafka Streams is more patient, and goes on with sessions that it told
     * as final.)
     */
    boolean isLate(long viewedAt, long streamTime) {
        return lastEnd(viewedAt) <= lastClosedEnd(streamTime);
    }

    TimeWindows tumbling() {
        return TimeWindows.ofSizeAndGrace(settings.size(), settings.grace());
    }

    TimeWindows hopping() {
        return tumbling().advanceBy(settings.hop());
    }

    SlidingWindows sliding() {
        return SlidingWindows.ofTimeDifferenceAndGrace(settings.size(), settings.grace());
    }

    SessionWindows session() {
        return SessionWindows.ofInactivityGapAndGrace(settings.sessionGap(), settings.grace());
    }

    Duration retention() {
        return settings.retention();
    }

    private long lastEnd(long viewedAt) {
        return switch (kind) {
            case TUMBLING -> viewedAt - viewedAt % size + size;
            case HOPPING -> viewedAt - viewedAt % hop + size;
            case SLIDING -> viewedAt + size;
            case SESSION -> viewedAt - gap;
        };
    }
}
