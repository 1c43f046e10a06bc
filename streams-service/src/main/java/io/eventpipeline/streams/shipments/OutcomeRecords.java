package io.eventpipeline.streams.shipments;

import io.eventpipeline.model.cloudevents.CloudEventHeaders;
import io.eventpipeline.model.commerce.ShipmentRequested;
import io.eventpipeline.streams.derivation.DerivedEvent;
import io.eventpipeline.streams.failure.LetterHeaders;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Makes the records that leave the topology. Their headers are set from the order, whatever record
 * released it: the context's own headers would be those of an address, or none in a punctuation.
 */
final class OutcomeRecords {

    /** The last part of the {@code ce_source} of shipments. */
    static final String TOPOLOGY = "shipments";

    private OutcomeRecords() {}

    /** An order on its way to its product, under its sku. */
    static Record<String, ShipmentOutcome> addressed(WaitingOrder order) {
        return new Record<>(
                order.order().sku().value(),
                new ShipmentOutcome.Addressed(order),
                order.timestamp(),
                order.recordHeaders());
    }

    /**
     * The shipment of an order that has both parts; its time is that of the latest of the three.
     */
    static Record<String, ShipmentOutcome> requested(WaitingOrder order) {
        ShipmentRequested shipment =
                ShipmentRequested.of(
                        order.order(),
                        Objects.requireNonNull(order.address()),
                        Objects.requireNonNull(order.product()));
        Headers received = order.recordHeaders();
        return new Record<>(
                order.customer(),
                new ShipmentOutcome.Requested(shipment),
                order.completedAt(),
                DerivedEvent.headers(
                        ShipmentRequested.class,
                        DerivedEvent.identity(TOPOLOGY, order.identity()),
                        Instant.ofEpochMilli(order.completedAt()),
                        order.customer(),
                        CloudEventHeaders.traceparentOf(received)));
    }

    /** The letter of an order that waited too long: the record as it was, and the reason. */
    static Record<String, ShipmentOutcome> givenUp(WaitingOrder order, Duration limit) {
        Headers headers = order.recordHeaders();
        LetterHeaders.write(
                headers,
                new WaitingLimitExceededException(order, limit),
                order.topic(),
                order.partition(),
                order.offset());
        return new Record<>(
                order.customer(),
                new ShipmentOutcome.GivenUp(order.partition(), Bytes.wrap(order.value().get())),
                order.timestamp(),
                headers);
    }
}
