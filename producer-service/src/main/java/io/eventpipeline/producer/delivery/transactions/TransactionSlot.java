package io.eventpipeline.producer.delivery.transactions;

import java.time.Duration;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One of the producers of the pool: its id stays, what stands behind it is made anew when it
 * failed. Used by one thread at a time, which the pool sees to; closed by any.
 */
final class TransactionSlot {

    private static final Logger log = LoggerFactory.getLogger(TransactionSlot.class);

    private final String transactionalId;
    private final TransactionalProducers producers;
    private @Nullable Producer<byte[], byte[]> producer;

    TransactionSlot(String transactionalId, TransactionalProducers producers) {
        this.transactionalId = transactionalId;
        this.producers = producers;
    }

    String transactionalId() {
        return transactionalId;
    }

    /**
     * Makes the producer if there is none, and takes the id over from whoever had it: what that one
     * left open is aborted, and what it was committing is finished.
     *
     * @throws org.apache.kafka.common.errors.TimeoutException if Kafka has not answered yet; to be
     *     called again
     * @throws KafkaException if the producer is of no use and has to be closed
     */
    void open() {
        Producer<byte[], byte[]> made;
        synchronized (this) {
            if (producer == null) {
                producer = producers.create(transactionalId);
            }
            made = producer;
        }
        made.initTransactions();
    }

    /** The producer of an open slot. */
    synchronized Producer<byte[], byte[]> producer() {
        Producer<byte[], byte[]> open = producer;
        if (open == null) {
            throw new KafkaException("The producer of " + transactionalId + " is closed");
        }
        return open;
    }

    /** Ends the producer. A commit that is under way may end in that time, the rest is aborted. */
    void close(Duration timeout) {
        Producer<byte[], byte[]> open;
        synchronized (this) {
            open = producer;
            producer = null;
        }
        if (open == null) {
            return;
        }
        try {
            open.close(timeout);
        } catch (KafkaException e) {
            log.warn("The producer of {} could not be closed well", transactionalId, e);
        }
        producers.closed(transactionalId, open);
    }
}
