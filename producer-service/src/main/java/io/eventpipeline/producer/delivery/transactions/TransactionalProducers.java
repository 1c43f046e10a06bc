package io.eventpipeline.producer.delivery.transactions;

import org.apache.kafka.clients.producer.Producer;

/** Makes producers. */
interface TransactionalProducers {

    /** A producer with that id, not initialised yet. */
    Producer<byte[], byte[]> create(String transactionalId);

    /** Told of the end of a producer that was made here. */
    void closed(String transactionalId, Producer<byte[], byte[]> producer);
}
