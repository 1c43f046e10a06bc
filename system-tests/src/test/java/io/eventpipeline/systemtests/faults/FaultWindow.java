package io.eventpipeline.systemtests.faults;

import io.eventpipeline.systemtests.history.Leg;
import io.eventpipeline.systemtests.history.RowChange;
import io.eventpipeline.systemtests.load.SentOrder;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * When something was broken.
 *
 * @param fault what was done
 * @param struck when it was done
 * @param healed when it was undone, all processes ready
 * @param caughtUp when every order answered until it was healed had its row and its shipment
 */
public record FaultWindow(String fault, Instant struck, Instant healed, Instant caughtUp) {

    /** How long after healing the last row was there. */
    public Duration catchingUp() {
        return Duration.between(healed, caughtUp);
    }

    /** The longest wait for an answer among the orders that were under way. */
    public Duration longestWaitForAnAnswer(List<SentOrder> orders) {
        return orders.stream()
                .filter(this::meets)
                .map(SentOrder::latency)
                .max(Duration::compareTo)
                .orElse(Duration.ZERO);
    }

    /** The longest time from an answer to its row among the orders that were under way. */
    public Duration longestWaitForARow(List<SentOrder> orders, Leg leg) {
        Map<String, Instant> stored =
                leg.changes().stream()
                        .collect(
                                Collectors.toMap(
                                        RowChange::orderId,
                                        RowChange::at,
                                        (first, later) -> first));
        return orders.stream()
                .filter(this::meets)
                .map(order ->
                        Duration.between(
                                order.acknowledged(),
                                stored.getOrDefault(order.order().orderId().value(), caughtUp)))
                .max(Duration::compareTo)
                .orElse(Duration.ZERO);
    }

    private boolean meets(SentOrder order) {
        return order.acknowledged().isAfter(struck) && order.firstAttempt().isBefore(caughtUp);
    }
}
