package io.eventpipeline.consumer.lag;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Notices that a group stands still in a partition while records wait there. How many they are does
 * not matter: a large lag that shrinks is work, a small one that nobody touches is a fault, such as
 * a consumer that stays silent after a rebalance while its heartbeats go on (spring-kafka issues
 * 4687 and 4708). Thread-safe.
 */
final class StandStills {

    private final Function<String, Duration> patience;
    private final Clock clock;
    private final Map<Position, Standing> standing = new HashMap<>();

    /**
     * Creates it.
     *
     * @param patience how long a healthy group may stand at one offset, by its name
     */
    StandStills(Function<String, Duration> patience, Clock clock) {
        this.patience = patience;
        this.clock = clock;
    }

    /**
     * A group that stands still.
     *
     * @param group which
     * @param topic where
     * @param partition where
     * @param offset where it stands; null if it never read
     * @param lag how many offsets wait
     * @param since when it was first seen there
     * @param growing whether more wait than at first
     */
    record StandStill(
            String group,
            String topic,
            int partition,
            @Nullable Long offset,
            long lag,
            Instant since,
            boolean growing) {}

    /** Takes in what was seen; figures that are marked as stale say nothing. */
    synchronized void observe(List<PartitionLag> seen) {
        Instant now = clock.instant();
        for (PartitionLag partition : seen) {
            Long lag = partition.lag();
            if (partition.stale() || lag == null) {
                continue;
            }
            Position position =
                    new Position(partition.group(), partition.topic(), partition.partition());
            Standing before = standing.get(position);
            long offset = partition.committedOffset() == null ? -1 : partition.committedOffset();
            if (lag == 0) {
                standing.remove(position);
            } else if (before == null || before.offset() != offset) {
                standing.put(position, new Standing(offset, now, lag, lag));
            } else {
                standing.put(position, before.with(lag));
            }
        }
    }

    /** Where a group stands still for longer than it may. */
    synchronized List<StandStill> find() {
        Instant now = clock.instant();
        return standing.entrySet().stream()
                .filter(entry ->
                        !entry.getValue()
                                .since()
                                .isAfter(now.minus(patience.apply(entry.getKey().group()))))
                .map(entry -> {
                    Position position = entry.getKey();
                    Standing here = entry.getValue();
                    return new StandStill(
                            position.group(),
                            position.topic(),
                            position.partition(),
                            here.offset() < 0 ? null : here.offset(),
                            here.lag(),
                            here.since(),
                            here.lag() > here.firstLag());
                })
                .sorted(
                        Comparator.comparing(StandStill::group)
                                .thenComparing(StandStill::topic)
                                .thenComparingInt(StandStill::partition))
                .toList();
    }

    private record Position(String group, String topic, int partition) {}

    private record Standing(long offset, Instant since, long firstLag, long lag) {

        Standing with(long lagNow) {
            return new Standing(offset, since, firstLag, lagNow);
        }
    }
}
