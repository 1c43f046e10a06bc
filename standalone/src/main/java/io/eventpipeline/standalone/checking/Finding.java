package io.eventpipeline.standalone.checking;

import io.eventpipeline.standalone.sending.RunId;
import org.jspecify.annotations.Nullable;

/**
 * One thing that is not as it was sent.
 *
 * @param kind what
 * @param run in which run
 * @param from the number, or the first of several
 * @param to the last of several, else the same
 * @param key the record's key, if it matters
 * @param partition where; -1 if nowhere
 * @param offset where; -1 if nowhere
 */
public record Finding(
        Kind kind, RunId run, int from, int to, @Nullable String key, int partition, long offset) {

    /** What can be wrong. */
    public enum Kind {
        /** Numbers that are not in the topic, though later ones are. */
        GAP,
        /** A number with a receipt that is not in the topic, and where the receipt says it is. */
        LOST,
        /** A number that is there, but nowhere where its receipt says. */
        MISPLACED,
        /** A number that is there although the sender was told that it was not written. */
        WRITTEN_AFTER_ALL,
        /** A number that is there again, as another event. */
        DOUBLE,
        /**
         * A number that is there again as the same event: the trace of a retry, which readers that
         * go by the event's id drop.
         */
        REPEAT,
        /** A number that lies behind a higher one of its key. */
        DISORDER,
        /** A number whose key lay in another partition before. */
        MOVED,
        /** A number whose value is not the one that was sent. */
        ALTERED
    }

    static Finding at(Kind kind, RunId run, int number, StoredRecord record) {
        return new Finding(
                kind, run, number, number, record.key(), record.partition(), record.offset());
    }

    static Finding missing(RunId run, int from, int to) {
        return new Finding(Kind.GAP, run, from, to, null, -1, -1);
    }
}
