package io.eventpipeline.systemtests.bulk;

import io.eventpipeline.systemtests.history.OffsetMove;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * When something was broken.
 *
 * @param fault what was done
 * @param victim the instance that could not store meanwhile; absent if it was not an instance
 * @param struck when it was done
 * @param healed when it was undone
 * @param ends where the topic's partitions ended then
 */
record BulkFaultWindow(
        String fault,
        @Nullable String victim,
        Instant struck,
        Instant healed,
        Map<Integer, Long> ends) {

    /** How long after healing everything was stored that was in the topic then. */
    Optional<Duration> catchingUp(List<OffsetMove> moves) {
        Map<Integer, Instant> reached = new HashMap<>();
        for (OffsetMove move : moves) {
            if (move.to() >= ends.getOrDefault(move.partition(), 0L)) {
                reached.putIfAbsent(move.partition(), move.at());
            }
        }
        return reached.keySet().containsAll(ends.keySet())
                ? reached.values().stream()
                        .max(Comparator.naturalOrder())
                        .map(last -> last.isBefore(healed) ? healed : last)
                        .map(last -> Duration.between(healed, last))
                : Optional.empty();
    }

    /** The longest time from the fault until another instance stored in a victim's partition. */
    Optional<Duration> takeover(List<OffsetMove> moves) {
        if (victim == null) {
            return Optional.empty();
        }
        Map<Integer, String> owners = new HashMap<>();
        Map<Integer, Instant> taken = new HashMap<>();
        for (OffsetMove move : moves) {
            if (move.at().isBefore(struck)) {
                owners.put(move.partition(), move.owner());
            } else if (!isVictim(move.owner())) {
                taken.putIfAbsent(move.partition(), move.at());
            }
        }
        return owners.entrySet().stream()
                .filter(owner -> isVictim(owner.getValue()))
                .map(owner -> taken.getOrDefault(owner.getKey(), Instant.MAX))
                .max(Comparator.naturalOrder())
                .filter(Instant.MAX::isAfter)
                .map(last -> Duration.between(struck, last));
    }

    private boolean isVictim(String owner) {
        return owner.startsWith(victim + "-");
    }
}
