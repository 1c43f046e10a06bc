package io.eventpipeline.consumer.delivery;

import java.util.Locale;

/** How a group keeps where it stands, and so what is read again after a crash. */
public enum CommitMode {
    /** In PostgreSQL, in the transaction that writes the rows: nothing is read again. */
    TRANSACTIONAL,
    /** In Kafka, before the next batch is polled: at most the batch in hand is read again. */
    SYNC_BATCH,
    /** In Kafka, after each record: at most one record is read again, at a round trip each. */
    SYNC_RECORD,
    /**
     * In Kafka, without waiting; failures are counted and the last commit before a partition is
     * given back waits: what was not confirmed is read again.
     */
    ASYNC,
    /**
     * In Kafka, by the client itself at an interval: all since the last commit is read again. The
     * client commits what it handed out, so this is the one mode that relies on the batch being
     * done before the next poll.
     */
    AUTO;

    /** Whether the offsets are in PostgreSQL. */
    public boolean storesOffsets() {
        return this == TRANSACTIONAL;
    }

    /** As it is configured. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
