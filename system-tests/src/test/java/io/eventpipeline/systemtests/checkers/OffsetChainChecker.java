package io.eventpipeline.systemtests.checkers;

import io.eventpipeline.systemtests.history.History;
import io.eventpipeline.systemtests.history.Leg;
import io.eventpipeline.systemtests.history.OffsetMove;
import io.eventpipeline.systemtests.history.TopicRecord;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;

/**
 * Follows each stored offset. Where a change started from is not only what the row said before it:
 * it must have accounted for exactly the records between the two offsets. A writer that started
 * elsewhere, because another member had moved on meanwhile, has accounted for more or for fewer.
 */
final class OffsetChainChecker implements Checker {

    @Override
    public String promise() {
        return "each change of a stored offset starts where the last one ended, never goes back,"
                + " and accounts for each record between once";
    }

    @Override
    public List<String> check(History history) {
        Map<String, NavigableSet<Long>> offsets = new HashMap<>();
        for (Leg leg : history.legs()) {
            for (TopicRecord record : leg.records()) {
                offsets.computeIfAbsent(
                                partition(leg.topic(), record.partition()), any -> new TreeSet<>())
                        .add(record.offset());
            }
        }
        Map<String, OffsetMove> last = new HashMap<>();
        List<String> breaches = new ArrayList<>();
        for (OffsetMove move : history.offsetMoves()) {
            String partition = partition(move.topic(), move.partition());
            OffsetMove before = last.put(move.group() + " " + partition, move);
            if (before == null && move.from() != 0) {
                breaches.add("%s starts at %d, not at the beginning".formatted(move, move.from()));
            }
            if (before != null && before.to() != move.from()) {
                breaches.add("%s does not start where %s ended".formatted(move, before));
            }
            if (move.to() < move.from()) {
                breaches.add("%s goes back".formatted(move));
                continue;
            }
            if (history.legs().stream().noneMatch(leg -> leg.topic().equals(move.topic()))) {
                continue;
            }
            long between =
                    offsets.getOrDefault(partition, new TreeSet<>())
                            .subSet(move.from(), move.to())
                            .size();
            if (between != move.accountedFor()) {
                breaches.add(
                        ("%s accounts for %d records (%d stored, %d repeats, %d dead letters) where"
                                        + " the topic has %d")
                                .formatted(
                                        move,
                                        move.accountedFor(),
                                        move.stored(),
                                        move.repeats(),
                                        move.deadLettered(),
                                        between));
            }
        }
        return breaches;
    }

    private static String partition(String topic, int partition) {
        return topic + "-" + partition;
    }
}
