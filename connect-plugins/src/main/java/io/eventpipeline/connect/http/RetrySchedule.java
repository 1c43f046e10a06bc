package io.eventpipeline.connect.http;

import java.time.Duration;

/**
 * How often and when a batch is sent again.
 *
 * @param limit how often at most; -1 for no limit
 * @param firstPause before the first time; each further one is twice as long
 * @param longestPause the pauses grow no further
 */
record RetrySchedule(int limit, Duration firstPause, Duration longestPause) {

    private static final int NO_LIMIT = -1;
    private static final int MOST_DOUBLINGS = 30;

    /** Whether there is another try after so many. */
    boolean allows(int retries) {
        return limit == NO_LIMIT || retries < limit;
    }

    /**
     * The pause before the next try.
     *
     * @param retries how many there were
     * @param asked what the service asked for; zero if it asked for nothing
     */
    Duration pause(int retries, Duration asked) {
        Duration grown = firstPause.multipliedBy(1L << Math.min(retries, MOST_DOUBLINGS));
        Duration pause = grown.compareTo(asked) < 0 ? asked : grown;
        return pause.compareTo(longestPause) < 0 ? pause : longestPause;
    }
}
