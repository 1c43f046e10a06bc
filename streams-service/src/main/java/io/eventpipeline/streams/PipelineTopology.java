package io.eventpipeline.streams;

import io.eventpipeline.model.topic.PipelineTopic;
import io.eventpipeline.model.topic.TopicCatalogue;
import io.eventpipeline.streams.TopologiesProperties.Name;
import io.eventpipeline.streams.alerts.ServerAlertsProperties;
import io.eventpipeline.streams.alerts.ServerAlertsTopology;
import io.eventpipeline.streams.failure.DeadLetters;
import io.eventpipeline.streams.intake.Intake;
import io.eventpipeline.streams.logs.LogFilterProperties;
import io.eventpipeline.streams.logs.LogFilterTopology;
import io.eventpipeline.streams.pages.PageCountsProperties;
import io.eventpipeline.streams.pages.PageCountsTopology;
import io.eventpipeline.streams.payments.PaymentsProperties;
import io.eventpipeline.streams.payments.PaymentsTopology;
import io.eventpipeline.streams.shipments.ShipmentsProperties;
import io.eventpipeline.streams.shipments.ShipmentsTopology;
import io.eventpipeline.streams.topology.PieceStore;
import io.eventpipeline.streams.topology.TopologyPiece;
import io.eventpipeline.streams.totals.OrderTotalsProperties;
import io.eventpipeline.streams.totals.OrderTotalsTopology;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.streams.StreamsBuilder;
import org.springframework.stereotype.Component;

/**
 * The table of contents: all pieces, in the order of {@link TopologiesProperties.Name}. A new one
 * goes to the end, so that the sub-topologies before it keep their numbers, and with them the
 * folders of their state. For the same reason {@link TopologiesProperties} belong to an application
 * id and do not change.
 */
@Component
final class PipelineTopology implements TopologyPiece {

    private final List<TopologyPiece> pieces;

    PipelineTopology(
            TopicCatalogue topics,
            DeadLetters deadLetters,
            MeterRegistry registry,
            TopologiesProperties topologies,
            ShipmentsProperties shipments,
            PageCountsProperties pages,
            LogFilterProperties logs,
            ServerAlertsProperties alerts,
            OrderTotalsProperties totals,
            PaymentsProperties payments) {
        Map<Name, TopologyPiece> all = new EnumMap<>(Name.class);
        all.put(Name.SHIPMENTS, new ShipmentsTopology(topics, shipments, deadLetters, registry));
        all.put(Name.PAGE_COUNTS, new PageCountsTopology(topics, pages, registry));
        all.put(Name.LOG_FILTER, new LogFilterTopology(topics, logs));
        all.put(Name.SERVER_ALERTS, new ServerAlertsTopology(topics, alerts));
        all.put(Name.ORDER_TOTALS, new OrderTotalsTopology(totals, registry));
        all.put(Name.PAYMENTS, new PaymentsTopology(topics, payments, registry));
        all.keySet().retainAll(topologies.enabled());
        pieces = List.copyOf(all.values());
    }

    @Override
    public void addTo(StreamsBuilder builder, Intake intake) {
        pieces.forEach(piece -> piece.addTo(builder, intake));
    }

    @Override
    public List<Set<PipelineTopic>> coPartitioned() {
        return pieces.stream().flatMap(piece -> piece.coPartitioned().stream()).toList();
    }

    @Override
    public Map<PipelineTopic, Integer> fixedPartitions() {
        return pieces.stream()
                .flatMap(piece -> piece.fixedPartitions().entrySet().stream())
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    @Override
    public List<PieceStore> stores() {
        return pieces.stream().flatMap(piece -> piece.stores().stream()).toList();
    }
}
