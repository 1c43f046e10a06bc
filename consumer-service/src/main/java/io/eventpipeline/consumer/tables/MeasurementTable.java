package io.eventpipeline.consumer.tables;

import io.eventpipeline.model.ops.HostName;
import io.eventpipeline.model.ops.ServerMeasured;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** The table {@code measurements}: unique by identity; a measurement has no business id. */
@Component
public final class MeasurementTable extends EventTable<ServerMeasured> {

    MeasurementTable(JdbcTemplate jdbc) {
        super(
                ServerMeasured.class,
                "measurements",
                jdbc,
                Stream.of(
                        Column.text("host", measurement -> measurement.host().value()),
                        Column.real("cpu_load", ServerMeasured::cpuLoad),
                        Column.bigint("memory_used_bytes", ServerMeasured::memoryUsedBytes),
                        Column.bigint("memory_total_bytes", ServerMeasured::memoryTotalBytes)),
                Column.time("measured_at", ServerMeasured::measuredAt));
    }

    /**
     * Finds measurements, the newest by their own time first.
     *
     * @param host of which host; of any if absent
     * @param from measured at this time or later; since ever if absent
     * @param to measured before this time; until now if absent
     * @param limit how many at most
     */
    public List<StoredEvent<ServerMeasured>> findNewest(
            @Nullable HostName host, @Nullable Instant from, @Nullable Instant to, int limit) {
        List<String> conditions = new ArrayList<>();
        List<Object> arguments = new ArrayList<>();
        if (host != null) {
            conditions.add("host = ?");
            arguments.add(host.value());
        }
        if (from != null) {
            conditions.add("measured_at >= ?");
            arguments.add(from.atOffset(ZoneOffset.UTC));
        }
        if (to != null) {
            conditions.add("measured_at < ?");
            arguments.add(to.atOffset(ZoneOffset.UTC));
        }
        arguments.add(limit);
        return find(
                (conditions.isEmpty() ? "" : "WHERE " + String.join(" AND ", conditions))
                        + " ORDER BY measured_at DESC, stored_seq DESC LIMIT ?",
                arguments);
    }

    @Override
    ServerMeasured read(ResultSet row) throws SQLException {
        return new ServerMeasured(
                new HostName(row.getString("host")),
                row.getDouble("cpu_load"),
                row.getLong("memory_used_bytes"),
                row.getLong("memory_total_bytes"),
                time(row, "measured_at"));
    }
}
