package io.eventpipeline.systemtests.checkers;

import static java.util.stream.Collectors.toMap;

import io.eventpipeline.systemtests.history.History;
import io.eventpipeline.systemtests.history.Leg;
import io.eventpipeline.systemtests.history.StoredOffset;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Compares the stored offsets with the ends of the topics, control records included. */
final class DrainedChecker implements Checker {

    @Override
    public String promise() {
        return "when all is quiet, every stored offset is the end of its partition";
    }

    @Override
    public List<String> check(History history) {
        return history.legs().stream().flatMap(leg -> behind(history, leg)).toList();
    }

    private static Stream<String> behind(History history, Leg leg) {
        Map<Integer, Long> stored =
                history.storedOffsets().stream()
                        .filter(offset -> offset.topic().equals(leg.topic()))
                        .collect(
                                toMap(
                                        StoredOffset::partition,
                                        StoredOffset::nextOffset,
                                        Long::max));
        return leg.endOffsets().entrySet().stream()
                .filter(end -> !stored.getOrDefault(end.getKey(), 0L).equals(end.getValue()))
                .map(end ->
                        "%s-%d ends at %d, its stored offset is %s"
                                .formatted(
                                        leg.topic(),
                                        end.getKey(),
                                        end.getValue(),
                                        stored.get(end.getKey())));
    }
}
