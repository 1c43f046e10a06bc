package io.eventpipeline.systemtests.checkers;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import io.eventpipeline.systemtests.history.History;
import io.eventpipeline.systemtests.history.Leg;
import io.eventpipeline.systemtests.history.StoredOffset;
import io.eventpipeline.systemtests.history.TopicRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Compares the persistent count of dropped repeats with the copies in the topic. Rows are unique,
 * so a record that was read and written a second time leaves its trace only here.
 */
final class RepeatsChecker implements Checker {

    @Override
    public String promise() {
        return "the records dropped as repeats are the copies in the topic, no more and no fewer";
    }

    @Override
    public List<String> check(History history) {
        List<String> breaches = new ArrayList<>();
        for (Leg leg : history.legs()) {
            Map<Integer, Long> dropped = new TreeMap<>();
            history.storedOffsets().stream()
                    .filter(offset -> offset.topic().equals(leg.topic()))
                    .forEach((StoredOffset offset) ->
                            dropped.merge(offset.partition(), offset.repeats(), Long::sum));
            Map<Integer, Long> copies = copies(leg);
            for (int partition : leg.endOffsets().keySet()) {
                long inTopic = copies.getOrDefault(partition, 0L);
                long counted = dropped.getOrDefault(partition, 0L);
                if (inTopic != counted) {
                    breaches.add(
                            "%s-%d has %d copies, but %d records were dropped as repeats"
                                    .formatted(leg.topic(), partition, inTopic, counted));
                }
            }
        }
        return breaches;
    }

    /** By identity; an order's copies lie in one partition, which its customer decides. */
    static Map<Integer, Long> copies(Leg leg) {
        Map<Integer, Long> copies = new TreeMap<>();
        leg.records().stream()
                .collect(
                        groupingBy(
                                TopicRecord::partition,
                                groupingBy(TopicRecord::identity, counting())))
                .forEach((partition, counts) ->
                        copies.put(
                                partition,
                                counts.values().stream().mapToLong(count -> count - 1).sum()));
        return copies;
    }
}
