package io.eventpipeline.systemtests.history;

import java.time.Instant;

/**
 * A committed change of a row of an event's table, as a trigger saw it.
 *
 * @param number grows in the order of the changes
 * @param transaction the database transaction that made it
 * @param kind what was done; tables of events should see inserts only
 * @param orderId which order the row is about
 * @param customer whose order
 * @param partition the partition of the record that became the row
 * @param offset the offset of the record that became the row
 * @param at when, by the database's clock
 */
public record RowChange(
        long number,
        long transaction,
        Kind kind,
        String orderId,
        String customer,
        int partition,
        long offset,
        Instant at) {

    /** What was done to the row. */
    public enum Kind {
        INSERT,
        UPDATE,
        DELETE
    }
}
