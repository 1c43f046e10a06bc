package io.eventpipeline.streams.logs;

import io.eventpipeline.model.topic.PipelineTopic;
import io.eventpipeline.model.topic.TopicCatalogue;
import io.eventpipeline.streams.intake.Intake;
import io.eventpipeline.streams.topology.TopologyPiece;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.jspecify.annotations.Nullable;

/**
 * Log lines → those that are longer than a number of characters, as they were: key, headers and
 * time too.
 *
 * <ul>
 *   <li><b>Time</b> does not matter: each line is judged by itself, in the order of its partition.
 *   <li><b>Without value</b> there is no line, so none passes.
 *   <li><b>Copies</b> pass as copies.
 * </ul>
 */
public final class LogFilterTopology implements TopologyPiece {

    private final TopicCatalogue topics;
    private final LogFilterProperties settings;

    /** Creates the topology for the topics of one environment. */
    public LogFilterTopology(TopicCatalogue topics, LogFilterProperties settings) {
        this.topics = topics;
        this.settings = settings;
    }

    @Override
    public void addTo(StreamsBuilder builder, Intake intake) {
        builder.stream(
                        topics.name(PipelineTopic.LOG_LINE),
                        Consumed.with(Serdes.ByteArray(), Serdes.String())
                                .withName("log-lines-source"))
                .filter((key, line) -> isLong(line), Named.as("log-lines-filter"))
                .to(
                        topics.name(PipelineTopic.LOG_LINE_FILTERED),
                        Produced.with(Serdes.ByteArray(), Serdes.String())
                                .withName("log-lines-sink"));
    }

    private boolean isLong(@Nullable String line) {
        return line != null && line.codePointCount(0, line.length()) > settings.longerThan();
    }
}
