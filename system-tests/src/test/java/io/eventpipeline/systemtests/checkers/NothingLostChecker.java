package io.eventpipeline.systemtests.checkers;

import io.eventpipeline.systemtests.history.History;
import io.eventpipeline.systemtests.history.Leg;
import io.eventpipeline.systemtests.history.StoredRow;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Compares the answered orders with the rows of both tables. */
final class NothingLostChecker implements Checker {

    @Override
    public String promise() {
        return "every order that was answered 200 has its row and its shipment";
    }

    @Override
    public List<String> check(History history) {
        return history.legs().stream().flatMap(leg -> lost(history, leg)).toList();
    }

    private static Stream<String> lost(History history, Leg leg) {
        Set<String> stored =
                leg.rows().stream().map(StoredRow::orderId).collect(Collectors.toSet());
        return history.acknowledged().stream()
                .filter(sent -> !stored.contains(sent.order().orderId().value()))
                .map(sent ->
                        "%s was answered 200 as %s-%d@%d and is not in %s"
                                .formatted(
                                        sent.order().orderId(),
                                        sent.receipt().topic(),
                                        sent.receipt().partition(),
                                        sent.receipt().offset(),
                                        leg.table()));
    }
}
