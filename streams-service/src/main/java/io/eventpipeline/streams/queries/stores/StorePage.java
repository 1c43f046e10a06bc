package io.eventpipeline.streams.queries.stores;

import io.eventpipeline.streams.queries.Origin.Role;
import io.eventpipeline.streams.queries.stores.Cursor.Position;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A page of a list, made of what the instances have. Of a partition that two tell of, as may happen
 * while it moves, one is taken.
 *
 * @param entries partition by partition, each in its order
 * @param partitions how many partitions were looked at
 * @param missing which partitions are not in it or not completely, and who did not answer
 * @param next the cursor of the next page; null if all is read
 * @param certain whether all partitions had all that was there when they were asked
 * @param role active, if all partitions are of active instances
 * @param stalenessMillis of the oldest partition; null if one is not known
 * @param servedBy whose parts were taken
 */
record StorePage(
        List<StoreEntry> entries,
        int partitions,
        List<String> missing,
        @Nullable Cursor next,
        boolean certain,
        Role role,
        @Nullable Long stalenessMillis,
        SortedSet<String> servedBy) {

    private record Taken(String instance, StorePart part) {}

    /**
     * Puts a page together.
     *
     * @param wanted the partitions that were asked for, in order
     * @param silent the instances that did not answer
     */
    static StorePage of(
            List<StorePart.Answer> answers,
            List<Integer> wanted,
            Collection<String> silent,
            Selection selection) {
        SortedMap<Integer, Taken> best = new TreeMap<>();
        for (StorePart.Answer answer : answers) {
            for (StorePart part : answer.parts()) {
                if (wanted.contains(part.partition())) {
                    best.merge(
                            part.partition(),
                            new Taken(answer.instance(), part),
                            (one, other) -> other.part().isBetterThan(one.part()) ? other : one);
                }
            }
        }
        List<StoreEntry> entries = new ArrayList<>();
        Set<Integer> done = new HashSet<>();
        Map<Integer, Position> at = new HashMap<>();
        List<String> missing = new ArrayList<>();
        for (int partition : wanted) {
            Taken taken = best.get(partition);
            if (taken == null) {
                missing.add("partition " + partition);
                continue;
            }
            StorePart part = taken.part();
            int room = selection.limit() - entries.size();
            List<StoreEntry> fitting =
                    part.entries().subList(0, Math.min(room, part.entries().size()));
            entries.addAll(fitting);
            if (part.done() && fitting.size() == part.entries().size()) {
                done.add(partition);
            } else if (!fitting.isEmpty()) {
                at.put(partition, Position.of(fitting.getLast()));
            }
            if (!part.complete() && part.role() == Role.ACTIVE) {
                missing.add("partition %d is not read to its end".formatted(partition));
            }
        }
        if (!missing.isEmpty()) {
            answers.forEach(answer ->
                    answer.failures()
                            .forEach(failure -> missing.add(answer.instance() + ": " + failure)));
            silent.forEach(instance -> missing.add(instance + " does not answer"));
        }
        Cursor next = selection.cursor().after(done, at);
        return new StorePage(
                entries,
                best.size(),
                missing,
                done.containsAll(wanted) ? null : next,
                best.size() == wanted.size()
                        && best.values().stream().allMatch(taken -> taken.part().complete()),
                best.values().stream().allMatch(taken -> taken.part().role() == Role.ACTIVE)
                        ? Role.ACTIVE
                        : Role.STANDBY,
                oldest(best.values()),
                instances(best.values()));
    }

    private static @Nullable Long oldest(Collection<Taken> parts) {
        long oldest = 0;
        for (Taken taken : parts) {
            Long staleness = taken.part().stalenessMillis();
            if (staleness == null) {
                return null;
            }
            oldest = Math.max(oldest, staleness);
        }
        return oldest;
    }

    private static SortedSet<String> instances(Collection<Taken> parts) {
        SortedSet<String> instances = new TreeSet<>();
        parts.forEach(taken -> instances.add(taken.instance()));
        return instances;
    }
}
