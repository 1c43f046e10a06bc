package io.eventpipeline.systemtests.checkers;

import static java.util.stream.Collectors.toMap;

import io.eventpipeline.systemtests.history.History;
import io.eventpipeline.systemtests.history.Leg;
import io.eventpipeline.systemtests.load.SentOrder;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Compares what the rows say with what was sent, to the last digit. */
final class ContentChecker implements Checker {

    @Override
    public String promise() {
        return "every row says what was sent, and no row was not sent";
    }

    @Override
    public List<String> check(History history) {
        Map<String, SentOrder> sent =
                history.acknowledged().stream()
                        .collect(toMap(order -> order.order().orderId().value(), order -> order));
        return history.legs().stream().flatMap(leg -> strange(sent, leg)).toList();
    }

    private static Stream<String> strange(Map<String, SentOrder> sent, Leg leg) {
        return leg.rows().stream()
                .flatMap(row -> {
                    SentOrder order = sent.get(row.orderId());
                    if (order == null) {
                        return Stream.of(
                                "%s in %s was never sent".formatted(row.orderId(), leg.table()));
                    }
                    return leg.expected().apply(order).equals(row.event())
                            ? Stream.empty()
                            : Stream.of(
                                    "%s in %s is %s, not %s"
                                            .formatted(
                                                    row.orderId(),
                                                    leg.table(),
                                                    row.event(),
                                                    leg.expected().apply(order)));
                });
    }
}
