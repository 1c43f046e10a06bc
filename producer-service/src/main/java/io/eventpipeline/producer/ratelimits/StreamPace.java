package io.eventpipeline.producer.ratelimits;

import io.eventpipeline.producer.delivery.OutgoingRecord;

/**
 * How fast a stream may go. It is slowed down where another request would be refused: its sender
 * has to wait on its own connection.
 */
@FunctionalInterface
public interface StreamPace {

    /** As fast as it can. */
    StreamPace UNLIMITED = _ -> 0;

    /**
     * Counts a record that is about to be sent.
     *
     * @return how many nanoseconds to wait before the next
     */
    long after(OutgoingRecord sent);
}
