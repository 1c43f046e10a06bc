package io.eventpipeline.systemtests.load;

import io.eventpipeline.model.commerce.OrderPlaced;
import java.time.Duration;
import java.time.Instant;

/**
 * An order that was answered 200.
 *
 * @param order what was sent
 * @param sequence its number among its customer's orders, from 1, without gaps; it was sent after
 *     the one before was answered
 * @param receipt the answer
 * @param firstAttempt when it was sent first
 * @param acknowledged when the answer came
 * @param attempts how many requests it took
 */
public record SentOrder(
        OrderPlaced order,
        int sequence,
        Receipt receipt,
        Instant firstAttempt,
        Instant acknowledged,
        int attempts) {

    /** How long the client waited, all attempts together. */
    public Duration latency() {
        return Duration.between(firstAttempt, acknowledged);
    }
}
