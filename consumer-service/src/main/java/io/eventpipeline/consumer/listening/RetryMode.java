package io.eventpipeline.consumer.listening;

/** What happens to the records behind one that failed and may succeed later. */
public enum RetryMode {
    /** Those of its order wait, in the listener. */
    BLOCKING,
    /** They go on: the failed one waits in a topic for its next attempt, and order is given up. */
    TOPICS
}
