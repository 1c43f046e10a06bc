package io.eventpipeline.standalone.sending;

/**
 * When each record is due.
 *
 * @param began when the first is, in the time of {@link System#nanoTime()}
 * @param perSecond how many in a second; 0 for as fast as possible
 */
record Pace(long began, double perSecond) {

    /** When the record is due; now, if there is no pace. */
    long due(long number) {
        return perSecond == 0 ? System.nanoTime() : began + (long) (number * 1e9 / perSecond);
    }

    /** Waits until the record is due. Returns false if the run is to stop instead. */
    boolean await(long number, StopSignal stop) {
        if (perSecond == 0) {
            return !stop.isGiven();
        }
        return !stop.sleep(due(number) - System.nanoTime());
    }
}
