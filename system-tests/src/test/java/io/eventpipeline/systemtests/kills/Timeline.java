package io.eventpipeline.systemtests.kills;

import java.util.Arrays;

/**
 * When a number that only grows had reached which value, from 0. Moments are those of {@link
 * System#nanoTime}. Thread-safe.
 */
final class Timeline {

    private long[] moments = new long[16];
    private long[] values = new long[16];
    private int size;

    /** The number is this one from a moment on, which is not before earlier ones. */
    synchronized void reach(long value, long moment) {
        if (value <= latest()) {
            return;
        }
        if (size == values.length) {
            moments = Arrays.copyOf(moments, size * 2);
            values = Arrays.copyOf(values, size * 2);
        }
        moments[size] = moment;
        values[size] = value;
        size++;
    }

    /** The number grows by one. */
    synchronized void increment(long moment) {
        reach(latest() + 1, moment);
    }

    /** The number now. */
    synchronized long latest() {
        return size == 0 ? 0 : values[size - 1];
    }

    /** The number at a moment. */
    synchronized long at(long moment) {
        int found = size - 1;
        while (found >= 0 && moments[found] - moment > 0) {
            found--;
        }
        return found < 0 ? 0 : values[found];
    }
}
