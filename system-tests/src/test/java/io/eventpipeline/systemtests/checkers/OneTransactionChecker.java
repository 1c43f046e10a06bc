package io.eventpipeline.systemtests.checkers;

import static java.util.stream.Collectors.groupingBy;

import io.eventpipeline.systemtests.history.History;
import io.eventpipeline.systemtests.history.Leg;
import io.eventpipeline.systemtests.history.OffsetMove;
import io.eventpipeline.systemtests.history.RowChange;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Looks up, for each row, the change of the offset that its transaction made. */
final class OneTransactionChecker implements Checker {

    @Override
    public String promise() {
        return "every row was written in the transaction that moved the offset over its record";
    }

    @Override
    public List<String> check(History history) {
        Map<Long, List<OffsetMove>> moves =
                history.offsetMoves().stream().collect(groupingBy(OffsetMove::transaction));
        return history.legs().stream().flatMap(leg -> unaccompanied(moves, leg)).toList();
    }

    private static Stream<String> unaccompanied(Map<Long, List<OffsetMove>> moves, Leg leg) {
        return leg.changes().stream()
                .filter(change -> change.kind() == RowChange.Kind.INSERT)
                .filter(change ->
                        moves.getOrDefault(change.transaction(), List.of()).stream()
                                .noneMatch(move ->
                                        move.topic().equals(leg.topic())
                                                && move.covers(
                                                        change.partition(), change.offset())))
                .map(change ->
                        ("%s (%s-%d@%d) was stored in transaction %d, which moved no offset"
                                        + " over it")
                                .formatted(
                                        change.orderId(),
                                        leg.topic(),
                                        change.partition(),
                                        change.offset(),
                                        change.transaction()));
    }
}
