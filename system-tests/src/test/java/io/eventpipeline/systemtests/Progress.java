package io.eventpipeline.systemtests;

import static org.awaitility.Awaitility.await;

import io.eventpipeline.model.topic.PipelineTopic;
import io.eventpipeline.systemtests.history.TopicReader;
import io.eventpipeline.systemtests.services.RunningPipeline;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/** Watches how far storing has come. Confined to one thread. */
final class Progress implements AutoCloseable {

    private final RunningPipeline pipeline;
    private final List<String> topics;
    private final TopicReader reader;

    Progress(RunningPipeline pipeline) {
        this.pipeline = pipeline;
        this.topics =
                List.of(
                        pipeline.topics().name(PipelineTopic.ORDER_PLACED),
                        pipeline.topics().name(PipelineTopic.SHIPMENT_REQUESTED));
        this.reader = new TopicReader(pipeline.kafka().bootstrapServers());
    }

    /** Where the topics of orders and shipments end now. */
    Map<TopicPartition, Long> ends() {
        Map<TopicPartition, Long> ends = new HashMap<>();
        for (String topic : topics) {
            reader.endOffsets(topic)
                    .forEach((partition, end) ->
                            ends.put(new TopicPartition(topic, partition), end));
        }
        return ends;
    }

    /** Waits until the stored offsets have reached what was the topics' end at some time. */
    void awaitStored(Map<TopicPartition, Long> ends, Duration timeout) {
        await("the stored offsets to reach " + ends).atMost(timeout).until(() -> hasStored(ends));
    }

    /** Waits until so many orders have their row and their shipment. */
    void awaitShipments(int orders, Duration timeout) {
        await(orders + " orders to have their row and their shipment")
                .atMost(timeout)
                .until(() -> count("orders") >= orders && count("shipments") >= orders);
    }

    /** Waits until there is nothing left to store. */
    void awaitQuiet(int orders, Duration timeout) {
        await("all of " + orders + " orders to be stored and no lag")
                .atMost(timeout)
                .until(() -> count("shipments") >= orders && hasStored(ends()));
    }

    private boolean hasStored(Map<TopicPartition, Long> ends) throws SQLException {
        Map<TopicPartition, Long> stored = new HashMap<>();
        try (Connection connection = pipeline.connect();
                Statement statement = connection.createStatement();
                ResultSet row =
                        statement.executeQuery(
                                "SELECT topic, partition, next_offset FROM consumer_offset")) {
            while (row.next()) {
                stored.put(
                        new TopicPartition(row.getString("topic"), row.getInt("partition")),
                        row.getLong("next_offset"));
            }
        }
        return ends.entrySet().stream()
                .allMatch(end -> stored.getOrDefault(end.getKey(), 0L) >= end.getValue());
    }

    private long count(String table) throws SQLException {
        try (Connection connection = pipeline.connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT count(*) FROM " + table)) {
            row.next();
            return row.getLong(1);
        }
    }

    @Override
    public void close() {
        reader.close();
    }
}
