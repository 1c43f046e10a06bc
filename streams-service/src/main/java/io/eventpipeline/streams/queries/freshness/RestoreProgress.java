package io.eventpipeline.streams.queries.freshness;

/**
 * How far a partition of a store is restored from its changelog, in offsets of the changelog.
 *
 * @param store the store
 * @param partition its partition
 * @param restored the offset up to which it is read
 * @param remaining how many offsets are left
 * @param percent what is restored of all
 */
public record RestoreProgress(
        String store, int partition, long restored, long remaining, int percent) {

    static RestoreProgress of(String store, int partition, long position, long end) {
        return new RestoreProgress(
                store,
                partition,
                position,
                Math.max(0, end - position),
                end <= 0 ? 100 : (int) Math.min(100, 100 * position / end));
    }
}
