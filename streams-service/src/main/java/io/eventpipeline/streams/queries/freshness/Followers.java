package io.eventpipeline.streams.queries.freshness;

import io.eventpipeline.streams.topology.PieceStore;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.LagInfo;
import org.apache.kafka.streams.ThreadMetadata;
import org.jspecify.annotations.Nullable;

/**
 * How far the stores of this instance that follow a changelog have read it: standbys, and tasks
 * that are being restored. Thread-safe; one thread looks.
 *
 * <p>With exactly once, offsets of a source and what they led to are committed together. So the
 * group's offsets, read first, and the end of a changelog, read then, belong together: who has all
 * of the changelog up to that end has seen the source up to those offsets.
 */
final class Followers {

    /** A position that is older may be of a store that was emptied since. */
    private static final long OLDEST_POSITION_NANOS = 10_000_000_000L;

    private final Sources sources;
    private final PartitionOffsets offsets;
    private final List<PieceStore> stores;
    private final String applicationId;

    private final Map<Place, Timeline> changelogs = new ConcurrentHashMap<>();
    private volatile Map<Place, Position> positions = Map.of();

    Followers(
            Sources sources,
            PartitionOffsets offsets,
            List<PieceStore> stores,
            String applicationId) {
        this.sources = sources;
        this.offsets = offsets;
        this.stores =
                stores.stream()
                        .filter(store -> store.kind() != PieceStore.Kind.GLOBAL_TABLE)
                        .toList();
        this.applicationId = applicationId;
    }

    private record Place(String store, int partition) {}

    /** A position in a changelog, and where that ended then. */
    private record Position(long offset, long end, boolean standby, long looked) {}

    /** The latest moment up to which a store here has all that led to it. */
    OptionalLong asOf(PieceStore store, int partition) {
        Place place = new Place(store.name(), partition);
        Position position = positions.get(place);
        Timeline changelog = changelogs.get(place);
        if (position == null
                || changelog == null
                || System.nanoTime() - position.looked() > OLDEST_POSITION_NANOS
                // Kafka Streams gives the end as the position of a running task, which it would
                // also do if another instance had written it.
                || (!position.standby() && position.offset() >= position.end())) {
            return OptionalLong.empty();
        }
        return changelog.upTo(position.offset());
    }

    /** How far a store is restored; empty if that is not known, or there is nothing to restore. */
    Optional<RestoreProgress> progress(PieceStore store, int partition) {
        return Optional.ofNullable(positions.get(new Place(store.name(), partition)))
                .filter(position -> position.offset() < position.end())
                .map(position ->
                        RestoreProgress.of(
                                store.name(), partition, position.offset(), position.end()));
    }

    /** Notes positions and ends, as of now. */
    void look(KafkaStreams client)
            throws ExecutionException, TimeoutException, InterruptedException {
        if (!client.state().isRunningOrRebalancing() || !follows(client)) {
            positions = Map.of();
            return;
        }
        Set<TopicPartition> standbys = standbys(client);
        Map<Place, List<TopicPartition>> local = new HashMap<>();
        for (PieceStore store : stores) {
            for (int partition = 0; partition < sources.partitions(store); partition++) {
                local.put(new Place(store.name(), partition), sources.of(store, partition));
            }
        }
        Map<TopicPartition, Long> read =
                sources.positionsOfGroup(
                        local.values().stream().flatMap(List::stream).distinct().toList());
        Map<String, Map<Integer, LagInfo>> lags = client.allLocalStorePartitionLags();
        long looked = System.nanoTime();
        local.keySet()
                .removeIf(place ->
                        !lags.getOrDefault(place.store(), Map.of()).containsKey(place.partition()));
        Map<TopicPartition, Long> stable =
                offsets.stableEnds(local.keySet().stream().map(this::changelog).toList());
        Map<Place, Position> found = new HashMap<>();
        local.forEach((place, partitions) -> {
            LagInfo lag = lags.getOrDefault(place.store(), Map.of()).get(place.partition());
            if (lag != null) {
                long end = lag.endOffsetPosition();
                found.put(
                        place,
                        new Position(
                                lag.currentOffsetPosition(),
                                end,
                                standbys.containsAll(partitions),
                                looked));
                note(place, end, stable.get(changelog(place)), moment(partitions, read));
            }
        });
        positions = found;
    }

    private void note(Place place, long end, @Nullable Long stable, OptionalLong moment) {
        if (stable == null || moment.isEmpty()) {
            return;
        }
        // Positions are counted in records. Where no transaction is open, the last offset is the
        // marker of one, which nobody applies to a store.
        long needed = stable == end ? end - 1 : end;
        changelogs.computeIfAbsent(place, _ -> new Timeline()).add(needed, moment.getAsLong());
    }

    private OptionalLong moment(
            List<TopicPartition> partitions, Map<TopicPartition, Long> positionsRead) {
        List<Long> moments = new ArrayList<>();
        for (TopicPartition partition : partitions) {
            Long position = positionsRead.get(partition);
            OptionalLong moment =
                    position == null ? OptionalLong.empty() : sources.upTo(partition, position);
            if (moment.isEmpty()) {
                return moment;
            }
            moments.add(moment.getAsLong());
        }
        return moments.stream().mapToLong(Long::longValue).min();
    }

    private TopicPartition changelog(Place place) {
        return new TopicPartition(
                "%s-%s-changelog".formatted(applicationId, place.store()), place.partition());
    }

    private static boolean follows(KafkaStreams client) {
        return client.state() != KafkaStreams.State.RUNNING
                || client.metadataForLocalThreads().stream()
                        .anyMatch(thread ->
                                !thread.threadState().equals("RUNNING")
                                        || !thread.standbyTasks().isEmpty());
    }

    private static Set<TopicPartition> standbys(KafkaStreams client) {
        Set<TopicPartition> partitions = new HashSet<>();
        if (client.state() == KafkaStreams.State.RUNNING) {
            for (ThreadMetadata thread : client.metadataForLocalThreads()) {
                thread.standbyTasks().forEach(task -> partitions.addAll(task.topicPartitions()));
            }
        }
        return partitions;
    }
}
