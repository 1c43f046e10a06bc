package io.eventpipeline.systemtests.kills;

import io.eventpipeline.model.web.PageCount;
import io.eventpipeline.model.web.WindowKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** The views of a page, and which of its windows were seen in the output. Thread-safe. */
final class PageLog {

    private static final int UNKNOWN = -1;

    /** So many of the newest windows of a kind are asked for. */
    private static final int NEWEST = 20;

    private final String page;
    private final List<View> views = new ArrayList<>();
    private final Map<String, Seen> seen = new HashMap<>();
    private final Map<WindowKind, List<Seen>> byKind = new EnumMap<>(WindowKind.class);
    private volatile int partition = UNKNOWN;

    /** One view; moments are those of {@link System#nanoTime}. */
    private static final class View {
        private final long viewedAt;
        private final long sent;
        private boolean isStored;
        private long stored;

        View(long viewedAt, long sent) {
            this.viewedAt = viewedAt;
            this.sent = sent;
        }
    }

    /**
     * A window that was seen in the output.
     *
     * @param window as it was first seen
     * @param count how its count grew
     * @param isFinal 1 from when on its count was called final
     */
    record Seen(PageCount window, Timeline count, Timeline isFinal) {

        long from() {
            return window.from().toEpochMilli();
        }

        long to() {
            return window.to().toEpochMilli();
        }

        /** The last moment that belongs to it. */
        long last() {
            return switch (window.kind()) {
                case TUMBLING, HOPPING -> to() - 1;
                case SLIDING, SESSION -> to();
            };
        }
    }

    PageLog(String page) {
        this.page = page;
    }

    String page() {
        return page;
    }

    boolean isKnown() {
        return partition != UNKNOWN;
    }

    int partition() {
        return partition;
    }

    /** A view is handed to the producer; its number is told. */
    synchronized int add(long viewedAt, long moment) {
        views.add(new View(viewedAt, moment));
        return views.size() - 1;
    }

    /** A broker took it. */
    synchronized void stored(int view, int in, long moment) {
        partition = in;
        View one = views.get(view);
        one.stored = moment;
        one.isStored = true;
    }

    /** How many views of a range, both ends inclusive, were acknowledged at a moment. */
    synchronized long countStored(long from, long to, long moment) {
        return views.stream()
                .filter(view -> view.viewedAt >= from && view.viewedAt <= to)
                .filter(view -> view.isStored && view.stored - moment <= 0)
                .count();
    }

    /** How many views of a range, both ends inclusive, had been sent at a moment. */
    synchronized long countSent(long from, long to, long moment) {
        return views.stream()
                .filter(view -> view.viewedAt >= from && view.viewedAt <= to)
                .filter(view -> view.sent - moment <= 0)
                .count();
    }

    /** The times of all views that were acknowledged, in order. */
    synchronized long[] times() {
        long[] times =
                views.stream()
                        .filter(view -> view.isStored)
                        .mapToLong(view -> view.viewedAt)
                        .toArray();
        Arrays.sort(times);
        return times;
    }

    /** A count was seen in the output. */
    synchronized void counted(PageCount count, long moment) {
        Seen window =
                seen.computeIfAbsent(
                        count.key(),
                        key -> {
                            Seen first = new Seen(count, new Timeline(), new Timeline());
                            byKind.computeIfAbsent(count.kind(), kind -> new ArrayList<>())
                                    .add(first);
                            return first;
                        });
        window.count().reach(count.count(), moment);
        if (count.isFinal()) {
            window.isFinal().reach(1, moment);
        }
    }

    /** One of the newest windows; null if none was seen yet. */
    synchronized @Nullable Seen any(WindowKind kind, SplittableRandom random) {
        List<Seen> windows = byKind.getOrDefault(kind, List.of());
        return windows.isEmpty()
                ? null
                : windows.get(
                        windows.size() - 1 - random.nextInt(Math.min(NEWEST, windows.size())));
    }
}
