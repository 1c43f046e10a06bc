package io.eventpipeline.systemtests.history;

import io.eventpipeline.systemtests.load.SentOrder;
import java.util.List;
import java.util.Map;

/**
 * The record of a run, taken when all is quiet again.
 *
 * @param acknowledged the orders that were answered 200; each customer's in the order of sending
 * @param orders what became of the orders
 * @param shipments what became of their shipments
 * @param offsetMoves every change of a stored offset, in the order in which they were made
 * @param storedOffsets where each group resumes at the end
 * @param deadLetters how many records each dead-letter topic holds; topics without any are left out
 * @param zombieWritesRefused how many writes of a member that had lost its partition were refused
 */
public record History(
        List<SentOrder> acknowledged,
        Leg orders,
        Leg shipments,
        List<OffsetMove> offsetMoves,
        List<StoredOffset> storedOffsets,
        Map<String, Long> deadLetters,
        long zombieWritesRefused) {

    /** The two ways from a topic into a table. */
    public List<Leg> legs() {
        return List.of(orders, shipments);
    }
}
