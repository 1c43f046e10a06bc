package io.eventpipeline.systemtests.proxy;

/** A moment in a transaction that moves a stored offset. */
public enum Moment {
    /** Its move was sent by the client and has not reached the server: nothing is locked. */
    BEFORE_MOVE,
    /** COMMIT was sent by the client and has not reached the server. */
    BEFORE_COMMIT,
    /** COMMIT has reached the server; its answer does not reach the client. */
    AFTER_COMMIT
}
