package io.eventpipeline.consumer.delivery;

import io.eventpipeline.consumer.delivery.OwnedPartition.State;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** The partitions of one member. Confined to the thread of its consumer. */
final class OwnedPartitions {

    private final Map<TopicPartition, OwnedPartition> owned = new HashMap<>();

    /** Takes partitions over, all of them unresolved. */
    void add(Collection<TopicPartition> partitions) {
        partitions.forEach(partition -> owned.put(partition, new OwnedPartition(partition)));
    }

    void remove(Collection<TopicPartition> partitions) {
        owned.keySet().removeAll(partitions);
    }

    Optional<OwnedPartition> find(TopicPartition partition) {
        return Optional.ofNullable(owned.get(partition));
    }

    Set<TopicPartition> all() {
        return Set.copyOf(owned.keySet());
    }

    /** Those of some partitions that this member owns. */
    List<TopicPartition> amongst(Collection<TopicPartition> partitions) {
        return partitions.stream().filter(owned::containsKey).toList();
    }

    List<OwnedPartition> in(State state) {
        return owned.values().stream().filter(mine -> mine.state() == state).toList();
    }

    /** What the database has and Kafka has not. */
    Map<TopicPartition, OffsetAndMetadata> uncommitted(Collection<TopicPartition> partitions) {
        return partitions.stream()
                .map(owned::get)
                .filter(mine -> mine != null && mine.needsKafkaCommit())
                .collect(
                        Collectors.toMap(
                                OwnedPartition::partition,
                                mine -> new OffsetAndMetadata(mine.next())));
    }

    /** The partitions that wait for an operator, each with the reason. */
    Map<TopicPartition, String> stopped() {
        return in(State.STOPPED).stream()
                .collect(
                        Collectors.toMap(
                                OwnedPartition::partition, mine -> String.valueOf(mine.reason())));
    }

    static Set<TopicPartition> names(Collection<OwnedPartition> partitions) {
        return partitions.stream().map(OwnedPartition::partition).collect(Collectors.toSet());
    }
}
