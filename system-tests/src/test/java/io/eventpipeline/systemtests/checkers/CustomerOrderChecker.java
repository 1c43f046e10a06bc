package io.eventpipeline.systemtests.checkers;

import static java.util.stream.Collectors.toMap;

import io.eventpipeline.systemtests.history.History;
import io.eventpipeline.systemtests.history.Leg;
import io.eventpipeline.systemtests.history.RowChange;
import io.eventpipeline.systemtests.load.SentOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Follows each customer's rows in the order of storing. Each order was sent after the one before
 * was answered, so the numbers must grow.
 */
final class CustomerOrderChecker implements Checker {

    @Override
    public String promise() {
        return "if one order was answered before another of its customer was sent, it is in each"
                + " table before it";
    }

    @Override
    public List<String> check(History history) {
        Map<String, Integer> sequences =
                history.acknowledged().stream()
                        .collect(
                                toMap(sent -> sent.order().orderId().value(), SentOrder::sequence));
        List<String> breaches = new ArrayList<>();
        for (Leg leg : history.legs()) {
            Map<String, RowChange> last = new HashMap<>();
            for (RowChange change : leg.changes()) {
                Integer sequence = sequences.get(change.orderId());
                if (change.kind() != RowChange.Kind.INSERT || sequence == null) {
                    continue;
                }
                RowChange before = last.put(change.customer(), change);
                if (before != null && sequences.getOrDefault(before.orderId(), 0) > sequence) {
                    breaches.add(
                            "%s (%s-%d@%d) was stored after %s (%s-%d@%d)"
                                    .formatted(
                                            change.orderId(),
                                            leg.topic(),
                                            change.partition(),
                                            change.offset(),
                                            before.orderId(),
                                            leg.topic(),
                                            before.partition(),
                                            before.offset()));
                }
            }
        }
        return breaches;
    }
}
