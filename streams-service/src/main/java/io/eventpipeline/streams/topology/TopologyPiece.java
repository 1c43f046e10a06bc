package io.eventpipeline.streams.topology;

import io.eventpipeline.model.topic.PipelineTopic;
import io.eventpipeline.streams.intake.Intake;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.streams.StreamsBuilder;

/** The answer to one business question: from which topics, by which steps, to which topics. */
public interface TopologyPiece {

    /**
     * Adds sources, stores, steps and sinks to the builder, all of them named: state lies under the
     * names, so that a renamed store is lost state.
     */
    void addTo(StreamsBuilder builder, Intake intake);

    /**
     * The topics that are joined partition by partition, in sets. Kafka Streams does not notice
     * when two of them differ in their number of partitions and joins a part of the records in
     * silence, so the service compares them at start.
     */
    default List<Set<PipelineTopic>> coPartitioned() {
        return List.of();
    }

    /**
     * The number of partitions that topics must have because they are joined with an internal topic
     * which has as many; compared at start, too.
     */
    default Map<PipelineTopic, Integer> fixedPartitions() {
        return Map.of();
    }

    /** The stores that can be asked. */
    default List<PieceStore> stores() {
        return List.of();
    }
}
