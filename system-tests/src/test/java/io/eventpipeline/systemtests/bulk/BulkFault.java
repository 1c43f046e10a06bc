package io.eventpipeline.systemtests.bulk;

/** What a run breaks, in this order. */
enum BulkFault {
    /** The connection of an instance to PostgreSQL is cut before or after its COMMIT gets there. */
    CUT,
    /** kill -9 of an instance in the middle of a transaction. */
    KILL,
    /** PostgreSQL is stopped in order, and started again. */
    DATABASE_STOP,
    /** SIGSTOP of an instance past its session, then SIGCONT: its write comes late. */
    ZOMBIE,
    /** kill -9 of a broker. */
    BROKER,
    /** kill -9 of PostgreSQL with all its sessions. */
    DATABASE_KILL
}
