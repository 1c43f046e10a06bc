package io.eventpipeline.streams.runtime;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.processor.StandbyUpdateListener;
import org.apache.kafka.streams.processor.StateRestoreListener;
import org.apache.kafka.streams.processor.TaskId;

/**
 * How far the stores of this instance are restored from their changelogs, and how far its standbys
 * follow theirs. Told by Kafka Streams on its own threads; may be asked on any.
 */
public final class RestoreProgress implements StateRestoreListener, StandbyUpdateListener {

    private final Map<Place, Restore> restores = new ConcurrentHashMap<>();
    private final Map<Place, Following> following = new ConcurrentHashMap<>();

    RestoreProgress() {}

    private record Place(String store, TopicPartition changelog) {}

    private record Restore(long restored, long next, long end) {

        Restoring of(Place place) {
            return new Restoring(
                    place.store(),
                    place.changelog().partition(),
                    restored,
                    Math.max(0, end - next));
        }
    }

    /**
     * A partition of a store that is being restored and cannot be asked yet.
     *
     * @param store its name
     * @param partition its number
     * @param restored how many records were put into the store so far
     * @param remaining how many offsets of the changelog are left; those of transaction markers
     *     count too, so it is an upper bound of the records
     */
    public record Restoring(String store, int partition, long restored, long remaining) {}

    /**
     * A partition of a store of which this instance has a second copy.
     *
     * @param store its name
     * @param partition its number
     * @param remaining how many offsets of the changelog it was behind when it last read some; -1
     *     before it read any
     */
    public record Following(String store, int partition, long remaining) {}

    /** All that are being restored now, by store and partition. */
    public List<Restoring> restoring() {
        return restores.entrySet().stream()
                .map(each -> each.getValue().of(each.getKey()))
                .sorted(
                        Comparator.comparing(Restoring::store)
                                .thenComparingInt(Restoring::partition))
                .toList();
    }

    /** The restore of one partition of a store, if it is under way on this instance. */
    public Optional<Restoring> of(String store, int partition) {
        return restoring().stream()
                .filter(each -> each.partition() == partition && each.store().equals(store))
                .findAny();
    }

    /** All second copies, by store and partition. */
    public List<Following> following() {
        return following.values().stream()
                .sorted(
                        Comparator.comparing(Following::store)
                                .thenComparingInt(Following::partition))
                .toList();
    }

    /** A client that failed ends without a word about what it was restoring. */
    void forget() {
        restores.clear();
        following.clear();
    }

    @Override
    public void onRestoreStart(TopicPartition changelog, String store, long from, long end) {
        restores.put(new Place(store, changelog), new Restore(0, from, end));
    }

    @Override
    public void onBatchRestored(
            TopicPartition changelog, String store, long batchEnd, long restored) {
        restores.computeIfPresent(
                new Place(store, changelog),
                (place, before) ->
                        new Restore(before.restored() + restored, batchEnd + 1, before.end()));
    }

    @Override
    public void onRestoreEnd(TopicPartition changelog, String store, long total) {
        restores.remove(new Place(store, changelog));
    }

    @Override
    public void onRestoreSuspended(TopicPartition changelog, String store, long total) {
        restores.remove(new Place(store, changelog));
    }

    @Override
    public void onUpdateStart(TopicPartition changelog, String store, long from) {
        following.put(new Place(store, changelog), new Following(store, changelog.partition(), -1));
    }

    @Override
    public void onBatchLoaded(
            TopicPartition changelog,
            String store,
            TaskId task,
            long batchEnd,
            long batchSize,
            long end) {
        following.put(
                new Place(store, changelog),
                new Following(store, changelog.partition(), Math.max(0, end - batchEnd - 1)));
    }

    @Override
    public void onUpdateSuspended(
            TopicPartition changelog, String store, long offset, long end, SuspendReason reason) {
        following.remove(new Place(store, changelog));
    }
}
