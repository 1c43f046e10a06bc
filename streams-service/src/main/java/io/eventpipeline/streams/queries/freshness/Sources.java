package io.eventpipeline.streams.queries.freshness;

import io.eventpipeline.model.topic.PipelineTopic;
import io.eventpipeline.model.topic.TopicCatalogue;
import io.eventpipeline.streams.topology.PieceStore;
import io.eventpipeline.streams.topology.TopologyPiece;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.TaskMetadata;

/**
 * The ends of the topics that stores are made of, and how far the running tasks of this instance
 * have read them. Thread-safe; one thread looks.
 */
final class Sources {

    /** Shorter than any session: whoever took longer may have lost its partitions meanwhile. */
    private static final long LONGEST_LOOK_NANOS = 3_000_000_000L;

    private final PartitionOffsets offsets;
    private final TopicCatalogue topics;
    private final TopologyPiece topology;

    private final Map<String, Integer> partitions = new ConcurrentHashMap<>();
    private final Map<TopicPartition, Timeline> ends = new ConcurrentHashMap<>();

    /** Where running tasks began that have committed nothing yet. */
    private final Map<TopicPartition, Long> beginnings = new ConcurrentHashMap<>();

    private int looks;

    Sources(PartitionOffsets offsets, TopicCatalogue topics, TopologyPiece topology) {
        this.offsets = offsets;
        this.topics = topics;
        this.topology = topology;
    }

    /** The partitions that a store's partition is made of. */
    List<TopicPartition> of(PieceStore store, int partition) {
        return topics(store).stream()
                .map(topic -> new TopicPartition(topics.name(topic), partition))
                .toList();
    }

    /** How many partitions a store has, as the cluster says, or else the catalogue. */
    int partitions(PieceStore store) {
        return partitions.getOrDefault(
                topics.name(store.source()), topics.get(store.source()).partitions());
    }

    /** The latest moment whose records are all before a position. */
    OptionalLong upTo(TopicPartition partition, long position) {
        Timeline timeline = ends.get(partition);
        return timeline == null ? OptionalLong.empty() : timeline.upTo(position);
    }

    /** The next offset that a running task of this instance reads, or one before it. */
    OptionalLong position(KafkaStreams client, TopicPartition partition) {
        Long committed = committed(client).get(partition);
        if (committed == null) {
            return OptionalLong.empty();
        }
        Long position = committed >= 0 ? committed : beginnings.get(partition);
        return position == null ? OptionalLong.empty() : OptionalLong.of(position);
    }

    /** The group's offset of a partition; the beginning of the partition if there is none. */
    Map<TopicPartition, Long> positionsOfGroup(Collection<TopicPartition> wanted)
            throws ExecutionException, TimeoutException, InterruptedException {
        Map<TopicPartition, Long> committed = offsets.committed();
        Set<TopicPartition> never = new HashSet<>(wanted);
        never.removeAll(committed.keySet());
        Map<TopicPartition, Long> positions = new HashMap<>(committed);
        if (!never.isEmpty()) {
            positions.putAll(offsets.beginnings(never));
        }
        return positions;
    }

    /** Notes the ends of all sources, as of now. */
    void look(KafkaStreams client)
            throws ExecutionException, TimeoutException, InterruptedException {
        long now = System.nanoTime();
        offsets.ends(all())
                .forEach((partition, end) ->
                        ends.computeIfAbsent(partition, _ -> new Timeline()).add(end, now));
        noteBeginnings(committed(client));
    }

    /**
     * Asked for once a task, because a group's offset is moved by others too, as soon as the
     * partition is theirs.
     */
    private void noteBeginnings(Map<TopicPartition, Long> own)
            throws ExecutionException, TimeoutException, InterruptedException {
        beginnings.keySet().retainAll(own.keySet());
        Set<TopicPartition> unknown = new HashSet<>();
        own.forEach((partition, committed) -> {
            if (committed < 0 && ends.containsKey(partition)) {
                unknown.add(partition);
            }
        });
        unknown.removeAll(beginnings.keySet());
        if (unknown.isEmpty()) {
            return;
        }
        long asked = System.nanoTime();
        Map<TopicPartition, Long> positions = positionsOfGroup(unknown);
        if (System.nanoTime() - asked < LONGEST_LOOK_NANOS) {
            positions.keySet().retainAll(unknown);
            beginnings.putAll(positions);
        }
    }

    /** What the running tasks of this instance committed themselves; -1 for nothing. */
    private static Map<TopicPartition, Long> committed(KafkaStreams client) {
        Map<TopicPartition, Long> committed = new HashMap<>();
        client.metadataForLocalThreads().stream()
                .flatMap(thread -> thread.activeTasks().stream())
                .forEach((TaskMetadata task) ->
                        task.topicPartitions()
                                .forEach(partition ->
                                        committed.merge(
                                                partition,
                                                task.committedOffsets()
                                                        .getOrDefault(partition, -1L),
                                                Math::max)));
        return committed;
    }

    private Collection<TopicPartition> all() throws InterruptedException {
        Set<String> names = new HashSet<>();
        topology.stores()
                .forEach(store -> topics(store).forEach(topic -> names.add(topics.name(topic))));
        // Topics grow rarely.
        if (looks++ % 120 == 0 || !partitions.keySet().containsAll(names)) {
            partitions.putAll(offsets.partitions(names));
        }
        return partitions.entrySet().stream()
                .flatMap(topic ->
                        IntStream.range(0, topic.getValue())
                                .mapToObj(number -> new TopicPartition(topic.getKey(), number)))
                .toList();
    }

    /** A store with keys of its own may be fed by all topics that are joined with its source. */
    private Set<PipelineTopic> topics(PieceStore store) {
        Set<PipelineTopic> sources = new HashSet<>(Set.of(store.source()));
        if (store.keys() == PieceStore.Keys.OWN) {
            topology.coPartitioned().stream()
                    .filter(joined -> joined.contains(store.source()))
                    .forEach(sources::addAll);
        }
        return sources;
    }
}
