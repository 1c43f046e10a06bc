package io.eventpipeline.systemtests.checkers;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import io.eventpipeline.systemtests.history.History;
import io.eventpipeline.systemtests.history.Leg;
import io.eventpipeline.systemtests.history.RowChange;
import io.eventpipeline.systemtests.history.StoredRow;
import java.util.List;
import java.util.stream.Stream;

/** Counts rows and changes of rows: one insert for each order, and nothing else ever. */
final class OnceChecker implements Checker {

    @Override
    public String promise() {
        return "every order has one row in each table, stored once and never touched again";
    }

    @Override
    public List<String> check(History history) {
        return history.legs().stream()
                .flatMap(leg -> Stream.concat(doubledRows(leg), changedRows(leg)))
                .toList();
    }

    private static Stream<String> doubledRows(Leg leg) {
        return leg.rows().stream()
                .collect(groupingBy(StoredRow::orderId, counting()))
                .entrySet()
                .stream()
                .filter(count -> count.getValue() > 1)
                .map(count ->
                        "%s has %d rows in %s"
                                .formatted(count.getKey(), count.getValue(), leg.table()));
    }

    private static Stream<String> changedRows(Leg leg) {
        return leg.changes().stream().collect(groupingBy(RowChange::orderId)).entrySet().stream()
                .filter(changes ->
                        changes.getValue().size() > 1
                                || changes.getValue().getFirst().kind() != RowChange.Kind.INSERT)
                .map(changes ->
                        "the row of %s in %s was changed by %s"
                                .formatted(
                                        changes.getKey(),
                                        leg.table(),
                                        changes.getValue().stream()
                                                .map(change ->
                                                        change.kind()
                                                                + " of offset "
                                                                + change.offset())
                                                .toList()));
    }
}
