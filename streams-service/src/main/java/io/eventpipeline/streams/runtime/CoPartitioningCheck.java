package io.eventpipeline.streams.runtime;

import io.eventpipeline.model.topic.PipelineTopic;
import io.eventpipeline.model.topic.TopicCatalogue;
import io.eventpipeline.streams.topology.TopologyPiece;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;

/**
 * Compares the partition counts of topics that are joined. Kafka Streams would join the records of
 * the partitions that both have and lose the others' partners in silence: of 100 orders in 3
 * partitions, joined with 2 partitions of addresses, 33 found theirs.
 */
final class CoPartitioningCheck {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final Admin admin;
    private final TopicCatalogue topics;
    private final TopologyPiece topology;

    CoPartitioningCheck(Admin admin, TopicCatalogue topics, TopologyPiece topology) {
        this.admin = admin;
        this.topics = topics;
        this.topology = topology;
    }

    /**
     * Looks at the topics as they are.
     *
     * @throws UnequalPartitionsException with the topics and their counts
     * @throws KafkaException if Kafka does not say
     */
    void check() {
        topology.coPartitioned().forEach(this::check);
        topology.fixedPartitions().forEach(this::check);
    }

    private void check(Set<PipelineTopic> joined) {
        Map<String, Integer> partitions = count(joined);
        if (Set.copyOf(partitions.values()).size() > 1) {
            throw new UnequalPartitionsException(
                    "Topics that are joined need the same number of partitions, but "
                            + partitions.entrySet().stream()
                                    .map(topic -> topic.getKey() + " has " + topic.getValue())
                                    .collect(Collectors.joining(" and "))
                            + ": give the smaller one as many, or records would miss their"
                            + " partners");
        }
    }

    private void check(PipelineTopic topic, int expected) {
        count(Set.of(topic))
                .forEach((name, partitions) -> {
                    if (partitions != expected) {
                        throw new UnequalPartitionsException(
                                "Topics that are joined need the same number of partitions, but %s has %d and the internal topic that it is joined with %d: change the catalogue and reset the application, or records would miss their partners"
                                        .formatted(name, partitions, expected));
                    }
                });
    }

    private Map<String, Integer> count(Set<PipelineTopic> joined) {
        Map<String, Integer> partitions = new TreeMap<>();
        try {
            admin.describeTopics(joined.stream().map(topics::name).toList())
                    .allTopicNames()
                    .get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
                    .forEach((topic, description) ->
                            partitions.put(topic, description.partitions().size()));
            return partitions;
        } catch (ExecutionException | TimeoutException e) {
            throw new KafkaException("Could not count the partitions of " + joined, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("Interrupted while counting partitions", e);
        }
    }
}
