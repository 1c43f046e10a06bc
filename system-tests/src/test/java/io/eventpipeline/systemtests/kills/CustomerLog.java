package io.eventpipeline.systemtests.kills;

import io.eventpipeline.model.commerce.CustomerId;
import java.util.BitSet;

/** What is known about a customer and since when. Thread-safe. */
final class CustomerLog {

    private static final int UNKNOWN = -1;

    private final CustomerId customer;
    private final BitSet shipped = new BitSet();
    private volatile int partition = UNKNOWN;

    /** Numbers of orders: handed to the producer, acknowledged, and seen as shipments. */
    final Timeline ordersSent = new Timeline();

    final Timeline ordersStored = new Timeline();
    final Timeline ordersProcessed = new Timeline();

    /** Versions of the address: as above, and the one that a shipment had. */
    final Timeline addressSent = new Timeline();

    final Timeline addressStored = new Timeline();
    final Timeline addressProcessed = new Timeline();

    CustomerLog(CustomerId customer) {
        this.customer = customer;
    }

    CustomerId customer() {
        return customer;
    }

    /** A broker took something of this customer into a partition. */
    void lies(int in) {
        partition = in;
    }

    boolean isKnown() {
        return partition != UNKNOWN;
    }

    int partition() {
        return partition;
    }

    /** A shipment was seen. */
    synchronized void shipped(int sequence, long addressVersion, long moment) {
        if (!shipped.get(sequence)) {
            shipped.set(sequence);
            ordersProcessed.increment(moment);
        }
        addressProcessed.reach(addressVersion, moment);
    }
}
