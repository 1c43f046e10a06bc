package io.eventpipeline.streams.alerts;

import io.eventpipeline.model.ops.ServerAlert;
import io.eventpipeline.model.ops.ServerAlert.Severity;
import io.eventpipeline.model.ops.ServerMeasured;
import io.eventpipeline.model.serde.EventSerdes;
import io.eventpipeline.model.topic.PipelineTopic;
import io.eventpipeline.model.topic.TopicCatalogue;
import io.eventpipeline.streams.intake.EventTime;
import io.eventpipeline.streams.intake.Intake;
import io.eventpipeline.streams.intake.IntakeSerdes;
import io.eventpipeline.streams.intake.KeyCheckProcessor;
import io.eventpipeline.streams.intake.KeyCheckProcessor.Tombstones;
import io.eventpipeline.streams.topology.AskedStores;
import io.eventpipeline.streams.topology.PieceStore;
import io.eventpipeline.streams.topology.PieceStore.Keys;
import io.eventpipeline.streams.topology.PieceStore.Kind;
import io.eventpipeline.streams.topology.StateSerdes;
import io.eventpipeline.streams.topology.TopologyPiece;
import java.util.List;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.processor.RecordContext;
import org.apache.kafka.streams.processor.TopicNameExtractor;
import org.apache.kafka.streams.state.Stores;

/**
 * Measurements of servers → alerts, by the Processor API, to a topic chosen by severity.
 *
 * <ul>
 *   <li><b>Time.</b> A host's state goes by {@code measuredAt}; {@link ServerAlertsProcessor} tells
 *       how silence is noticed. A measurement that is older than its host's newest is left out.
 *   <li><b>Once.</b> An alert comes when something becomes worse, not while it stays so; hysteresis
 *       keeps a value that swings around a threshold from alerting each time.
 *   <li><b>Refused.</b> Measurements without key or under another than their host, unreadable ones
 *       and those from the future become dead letters.
 *   <li><b>Copies</b> change nothing.
 * </ul>
 */
public final class ServerAlertsTopology implements TopologyPiece {

    /** What is remembered of each host. */
    public static final String HOSTS_STORE = "server-alerts-hosts";

    /** The last part of the {@code ce_source} of alerts. */
    static final String NAME = "server-alerts";

    private final TopicCatalogue topics;
    private final Thresholds thresholds;

    /** Creates the topology for the topics of one environment. */
    public ServerAlertsTopology(TopicCatalogue topics, ServerAlertsProperties settings) {
        this.topics = topics;
        this.thresholds = new Thresholds(settings);
    }

    @Override
    public List<PieceStore> stores() {
        return List.of(
                new PieceStore(
                        HOSTS_STORE, Kind.TABLE, PipelineTopic.SERVER_MEASURED, Keys.OF_SOURCE));
    }

    @Override
    public void addTo(StreamsBuilder builder, Intake intake) {
        builder.addStateStore(
                Stores.keyValueStoreBuilder(
                        AskedStores.keyValue(HOSTS_STORE),
                        Serdes.String(),
                        StateSerdes.json(HostState.class)));
        EventTime<ServerMeasured> time =
                new EventTime<>(ServerMeasured.class, ServerMeasured::measuredAt, intake.clock());
        builder.stream(
                        topics.name(PipelineTopic.SERVER_MEASURED),
                        Consumed.with(Serdes.String(), IntakeSerdes.checked(ServerMeasured.class))
                                .withTimestampExtractor(time)
                                .withName("server-measured-source"))
                .processValues(
                        KeyCheckProcessor.supplier(measured -> measured, Tombstones.REFUSED),
                        Named.as("server-measured-check"))
                .processValues(time.check(), Named.as("server-measured-time"))
                .process(() -> new ServerAlertsProcessor(thresholds), Named.as(NAME), HOSTS_STORE)
                .to(
                        new TopicOfSeverity(topics),
                        Produced.with(Serdes.String(), EventSerdes.of(ServerAlert.class))
                                .withName("server-alerts-sink"));
    }

    /** Chooses the topic of each alert. Named, because a description of the topology shows it. */
    private record TopicOfSeverity(TopicCatalogue topics)
            implements TopicNameExtractor<String, ServerAlert> {

        @Override
        public String extract(String host, ServerAlert alert, RecordContext context) {
            return topics.name(
                    alert.severity() == Severity.CRITICAL
                            ? PipelineTopic.SERVER_ALERT_CRITICAL
                            : PipelineTopic.SERVER_ALERT);
        }

        @Override
        public String toString() {
            return "topic of severity";
        }
    }
}
