package io.eventpipeline.streams.shipments;

import io.eventpipeline.model.commerce.ShipmentRequested;
import org.apache.kafka.common.utils.Bytes;

/** What becomes of an order. */
sealed interface ShipmentOutcome {

    /** It found its address and goes on to where its product is. */
    record Addressed(WaitingOrder order) implements ShipmentOutcome {}

    /** It found both its parts. */
    record Requested(ShipmentRequested shipment) implements ShipmentOutcome {}

    /**
     * It waited too long.
     *
     * @param partition of the order, which its letter keeps
     * @param json the order's value as it was
     */
    record GivenUp(int partition, Bytes json) implements ShipmentOutcome {}
}
