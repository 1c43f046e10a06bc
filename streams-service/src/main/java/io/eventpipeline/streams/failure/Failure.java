package io.eventpipeline.streams.failure;

/** What to do about a failure. */
public enum Failure {
    /** Trying again may help: the thread is replaced and the records are read again. */
    TRANSIENT,
    /** The record is to blame and always will be: it becomes a dead letter. */
    POISON,
    /** Nothing on this thread can help: the client is closed and started anew after a pause. */
    FATAL
}
