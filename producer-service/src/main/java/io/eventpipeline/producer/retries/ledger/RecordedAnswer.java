package io.eventpipeline.producer.retries.ledger;

import io.eventpipeline.producer.delivery.OutgoingRecord;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * An answer on its way into the ledger, by a transaction.
 *
 * @param record to be stored in the transaction
 * @param readBack completed when this instance has read it back, so that a repeat gets it
 */
public record RecordedAnswer(OutgoingRecord record, CompletableFuture<Void> readBack) {

    /**
     * Waits, after the commit, until a repeat that comes to this instance is answered and no longer
     * told that the request is being worked on; but not longer than that.
     */
    public void awaitReadBack(Duration patience) {
        try {
            readBack.get(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException | ExecutionException e) {
            // The events are stored, and their sender waits. A repeat has to wait for it then.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
