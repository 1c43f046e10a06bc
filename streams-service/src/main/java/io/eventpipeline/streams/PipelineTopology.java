package io.eventpipeline.streams;

import io.eventpipeline.model.topic.PipelineTopic;
import io.eventpipeline.model.topic.TopicCatalogue;
import io.eventpipeline.streams.failure.DeadLetters;
import io.eventpipeline.streams.shipments.ShipmentsProperties;
import io.eventpipeline.streams.shipments.ShipmentsTopology;
import io.eventpipeline.streams.topology.TopologyPiece;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Set;
import org.apache.kafka.streams.StreamsBuilder;
import org.springframework.stereotype.Component;

/** The table of contents: all pieces, in the order of the data. */
@Component
final class PipelineTopology implements TopologyPiece {

    private final List<TopologyPiece> pieces;

    PipelineTopology(
            TopicCatalogue topics,
            DeadLetters deadLetters,
            MeterRegistry registry,
            ShipmentsProperties shipments) {
        pieces = List.of(new ShipmentsTopology(topics, shipments, deadLetters, registry));
    }

    @Override
    public void addTo(StreamsBuilder builder) {
        pieces.forEach(piece -> piece.addTo(builder));
    }

    @Override
    public List<Set<PipelineTopic>> coPartitioned() {
        return pieces.stream().flatMap(piece -> piece.coPartitioned().stream()).toList();
    }
}
