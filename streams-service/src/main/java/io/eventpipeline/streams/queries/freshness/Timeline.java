package io.eventpipeline.streams.queries.freshness;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.OptionalLong;

/**
 * Where the end of a partition was at which moment. Whoever has read up to an offset has all that
 * was there at the last moment at which the end was not beyond it. Thread-safe.
 */
final class Timeline {

    /** Ten minutes of a partition that is written to all the time. */
    static final int CAPACITY = 1_200;

    private record Mark(long end, long moment) {}

    private final Deque<Mark> marks = new ArrayDeque<>();

    /**
     * Notes an end.
     *
     * @param end the offset of the next record
     * @param moment not after the end was looked at
     */
    synchronized void add(long end, long moment) {
        Mark last = marks.peekLast();
        long latest = moment;
        if (last != null && end < last.end()) {
            // The topic was made anew: what was read before says nothing.
            marks.clear();
        } else if (last != null && end == last.end()) {
            marks.removeLast();
            latest = Math.max(moment, last.moment());
        }
        marks.addLast(new Mark(end, latest));
        if (marks.size() > CAPACITY) {
            marks.removeFirst();
        }
    }

    /**
     * The latest known moment whose records are all before a position; empty if the position is
     * behind all that is remembered.
     */
    synchronized OptionalLong upTo(long position) {
        for (Iterator<Mark> newestFirst = marks.descendingIterator(); newestFirst.hasNext(); ) {
            Mark mark = newestFirst.next();
            if (mark.end() <= position) {
                return OptionalLong.of(mark.moment());
            }
        }
        return OptionalLong.empty();
    }
}
