package io.eventpipeline.consumer.intake;

/** What a failure asks for. */
public enum Failure {
    /**
     * Something is away or in the way: drop what is in hand, seek back, try again after a pause.
     */
    TRANSIENT,
    /** The record is at fault: dead letter now, go on with the rest. */
    POISON,
    /** The process is at fault: stop the listener, so that another instance takes over. */
    FATAL
}
