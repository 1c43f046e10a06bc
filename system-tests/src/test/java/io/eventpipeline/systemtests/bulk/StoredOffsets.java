package io.eventpipeline.systemtests.bulk;

import io.eventpipeline.systemtests.services.StoringPipeline;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Where the group stands in the topic of orders, and who stored last. */
final class StoredOffsets {

    static final String GROUP = "shipments";

    private final StoringPipeline pipeline;
    private final String topic;

    StoredOffsets(StoringPipeline pipeline, String topic) {
        this.pipeline = pipeline;
        this.topic = topic;
    }

    /** The instances that stored last in some partition. */
    SortedSet<String> owners() throws SQLException {
        SortedSet<String> owners = new TreeSet<>();
        forEach((partition, next, owner) -> owners.add(owner.replaceFirst("-" + GROUP + ".*", "")));
        return owners;
    }

    /** The stored offset of each partition. */
    Map<Integer, Long> next() throws SQLException {
        Map<Integer, Long> offsets = new TreeMap<>();
        forEach((partition, next, owner) -> offsets.put(partition, next));
        return offsets;
    }

    private void forEach(RowReader reader) throws SQLException {
        try (Connection connection = pipeline.connect();
                PreparedStatement statement =
                        connection.prepareStatement(
                                "SELECT partition, next_offset, owner FROM consumer_offset"
                                        + " WHERE group_id = ? AND topic = ?")) {
            statement.setString(1, GROUP);
            statement.setString(2, topic);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    reader.read(row.getInt(1), row.getLong(2), row.getString(3));
                }
            }
        }
    }

    @FunctionalInterface
    private interface RowReader {

        void read(int partition, long next, String owner);
    }
}
