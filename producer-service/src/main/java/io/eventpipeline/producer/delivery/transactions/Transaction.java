package io.eventpipeline.producer.delivery.transactions;

import io.eventpipeline.producer.delivery.OutgoingRecord;
import io.eventpipeline.producer.delivery.Receipt;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TransactionAbortableException;
import org.apache.kafka.common.errors.TransactionAbortedException;
import org.apache.kafka.common.errors.TransactionalIdAuthorizationException;
import org.jspecify.annotations.Nullable;

/**
 * One transaction on one producer, up to a moment. The commit is asked for only after every record
 * was stored: so whatever goes wrong before it leaves nothing that a {@code read_committed} reader
 * sees, and only the commit itself can end in the dark. Used by one thread.
 */
final class Transaction {

    /** At least so much time is kept for the commit. */
    private static final Duration COMMITTING = Duration.ofSeconds(3);

    private final Producer<byte[], byte[]> producer;
    private final long storedBy;
    private final long end;

    /**
     * A transaction that has not begun.
     *
     * @param end until when it may take, by {@link System#nanoTime}; only if that leaves no time
     *     for one call of the producer, max.block.ms, it is late by as much
     */
    Transaction(Producer<byte[], byte[]> producer, long end) {
        this.producer = producer;
        this.end = end;
        long left = Math.max(0, end - System.nanoTime());
        this.storedBy = end - Math.min(COMMITTING.toNanos(), left / 3);
    }

    /** It was not committed and never will be. */
    static final class NotCommittedException extends Exception {

        private final int index;
        private final Exception reason;

        /**
         * Says why.
         *
         * @param index of the record that failed; -1 if it was not one of the sender's
         */
        NotCommittedException(int index, Exception reason) {
            super(reason);
            this.index = index;
            this.reason = reason;
        }

        int index() {
            return index;
        }

        Exception reason() {
            return reason;
        }
    }

    /** It was to be committed, and nobody said whether it is. */
    static final class UnknownOutcomeException extends Exception {

        private final Exception reason;

        UnknownOutcomeException(Exception reason) {
            super(reason);
            this.reason = reason;
        }

        Exception reason() {
            return reason;
        }
    }

    /**
     * Stores the records and what goes with them, and commits.
     *
     * @param alongside given where the records are, the records that are to be stored with them
     * @return where the records are, in their order
     */
    List<Receipt> run(
            List<OutgoingRecord> records, Function<List<Receipt>, List<OutgoingRecord>> alongside)
            throws NotCommittedException, UnknownOutcomeException {
        try {
            producer.beginTransaction();
        } catch (RuntimeException e) {
            throw new NotCommittedException(-1, e);
        }
        List<Receipt> receipts = store(records);
        List<OutgoingRecord> others = alongside.apply(receipts);
        try {
            List<Receipt> _ = store(others);
        } catch (NotCommittedException e) {
            throw new NotCommittedException(-1, e.reason());
        }
        commit();
        return receipts;
    }

    private List<Receipt> store(List<OutgoingRecord> records) throws NotCommittedException {
        List<Future<RecordMetadata>> sent = new ArrayList<>(records.size());
        for (OutgoingRecord outgoing : records) {
            if (System.nanoTime() > storedBy) {
                throw new NotCommittedException(sent.size(), tooSlow());
            }
            try {
                sent.add(producer.send(outgoing.toProducerRecord()));
            } catch (RuntimeException e) {
                throw new NotCommittedException(sent.size(), e);
            }
            if (isFailed(sent.getLast())) {
                throw firstFailure(sent);
            }
        }
        List<Receipt> receipts = new ArrayList<>(records.size());
        for (int i = 0; i < sent.size(); i++) {
            RecordMetadata stored = await(sent, i);
            receipts.add(Receipt.of(records.get(i), stored.partition(), stored.offset()));
        }
        return receipts;
    }

    private RecordMetadata await(List<Future<RecordMetadata>> sent, int index)
            throws NotCommittedException {
        try {
            return sent.get(index)
                    .get(Math.max(0, storedBy - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            throw firstFailure(sent);
        } catch (java.util.concurrent.TimeoutException e) {
            throw new NotCommittedException(index, tooSlow());
        } catch (InterruptedException e) {
            throw new NotCommittedException(index, new InterruptException(e));
        }
    }

    private static TimeoutException tooSlow() {
        return new TimeoutException("The records were not stored in time to commit them");
    }

    private static boolean isFailed(Future<RecordMetadata> sent) {
        return sent.isDone() && causeOf(sent) != null;
    }

    /** The failure that the others follow from: those are told that the transaction is aborted. */
    private static NotCommittedException firstFailure(List<Future<RecordMetadata>> sent) {
        NotCommittedException found = null;
        for (int i = 0; i < sent.size(); i++) {
            Exception cause = sent.get(i).isDone() ? causeOf(sent.get(i)) : null;
            if (cause != null && !(cause instanceof TransactionAbortedException)) {
                return new NotCommittedException(i, cause);
            }
            if (cause != null && found == null) {
                found = new NotCommittedException(i, cause);
            }
        }
        return found == null ? new NotCommittedException(-1, tooSlow()) : found;
    }

    /** Why it failed; Kafka's futures do not tell it without throwing it. */
    private static @Nullable Exception causeOf(Future<RecordMetadata> done) {
        try {
            RecordMetadata _ = done.get();
            return null;
        } catch (ExecutionException e) {
            return e.getCause() instanceof Exception cause ? cause : e;
        } catch (InterruptedException e) {
            return new InterruptException(e);
        }
    }

    /** A call that timed out goes on: the next one waits for the same commit. */
    private void commit() throws NotCommittedException, UnknownOutcomeException {
        while (true) {
            long start = System.nanoTime();
            try {
                producer.commitTransaction();
                return;
            } catch (TimeoutException e) {
                long now = System.nanoTime();
                if (now + (now - start) >= end) {
                    throw new UnknownOutcomeException(e);
                }
            } catch (TransactionAbortableException | TransactionalIdAuthorizationException e) {
                throw new NotCommittedException(-1, e);
            } catch (RuntimeException e) {
                throw new UnknownOutcomeException(e);
            }
        }
    }
}
