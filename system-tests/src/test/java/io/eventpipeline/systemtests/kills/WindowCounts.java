package io.eventpipeline.systemtests.kills;

import io.eventpipeline.model.web.PageCount;
import io.eventpipeline.model.web.WindowKind;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;

/**
 * Counts views in windows from their times alone, as DESIGN.md section 7 describes the windows, and
 * knows nothing of how streams-service does it.
 */
final class WindowCounts {

    static final long SIZE = Duration.ofMinutes(5).toMillis();
    static final long HOP = Duration.ofMinutes(1).toMillis();
    static final long GAP = Duration.ofMinutes(5).toMillis();

    private final String page;
    private final long[] views;
    private final Map<String, Long> counts = new HashMap<>();

    private WindowCounts(String page, long[] views) {
        this.page = page;
        this.views = views;
    }

    /**
     * Counts.
     *
     * @param views the times of a page's views in epoch milliseconds, in order
     * @return the count of each window that has views, by the key of its record
     */
    static Map<String, Long> of(String page, WindowKind kind, long[] views) {
        WindowCounts counting = new WindowCounts(page, views);
        switch (kind) {
            case TUMBLING -> counting.regular(kind, SIZE);
            case HOPPING -> counting.regular(kind, HOP);
            case SLIDING -> counting.sliding();
            case SESSION -> counting.sessions();
        }
        return counting.counts;
    }

    private void regular(WindowKind kind, long hop) {
        for (long at : views) {
            for (long from = at - at % hop; from > at - SIZE; from -= hop) {
                counts.merge(key(kind, from, from + SIZE), 1L, Long::sum);
            }
        }
    }

    /** One window ends with each view, one begins right after each that has others behind it. */
    private void sliding() {
        TreeSet<Long> starts = new TreeSet<>();
        for (long at : views) {
            starts.add(at - SIZE);
            if (within(at + 1, at + 1 + SIZE) > 0) {
                starts.add(at + 1);
            }
        }
        for (long from : starts) {
            counts.put(key(WindowKind.SLIDING, from, from + SIZE), within(from, from + SIZE));
        }
    }

    private void sessions() {
        int first = 0;
        for (int i = 1; i <= views.length; i++) {
            if (i == views.length || views[i] - views[i - 1] > GAP) {
                counts.put(key(WindowKind.SESSION, views[first], views[i - 1]), (long) i - first);
                first = i;
            }
        }
    }

    private long within(long from, long to) {
        return Arrays.stream(views).filter(at -> at >= from && at <= to).count();
    }

    private String key(WindowKind kind, long from, long to) {
        return new PageCount(
                        page, kind, Instant.ofEpochMilli(from), Instant.ofEpochMilli(to), 0, true)
                .key();
    }
}
