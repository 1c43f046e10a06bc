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

    /**
     * Waits until the record is due. Returns false if the run is to stop before that; a record that
     * is due is still sent, because others may have sent later ones.
     */
    boolean await(long number, StopSignal stop) {
        long wait = due(number) - System.nanoTime();
        return perSecond == 0 || wait <= 0 || !stop.sleep(wait);
    }
}
