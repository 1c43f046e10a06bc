package io.eventpipeline.streams.shipments;

import java.io.Serial;
import java.time.Duration;

/** Names the reason in the dead letter of an order that waited too long; never thrown. */
final class WaitingLimitExceededException extends RuntimeException {

    @Serial private static final long serialVersionUID = 1L;

    WaitingLimitExceededException(WaitingOrder order, Duration limit) {
        super(
                "The order waited %s for %s"
                        .formatted(
                                limit,
                                order.address() != null
                                        ? "its product"
                                        : order.product() != null
                                                ? "its customer's address"
                                                : "its customer's address and its product"),
                null,
                false,
                false);
    }
}
