package io.eventpipeline.consumer.queries;

import io.eventpipeline.consumer.store.DatabaseReads;
import io.eventpipeline.consumer.tables.MeasurementTable;
import io.eventpipeline.consumer.tables.StoredEvent;
import io.eventpipeline.model.ops.HostName;
import io.eventpipeline.model.ops.ServerMeasured;
import io.eventpipeline.starter.problem.ProblemType;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Measurements of servers, the newest by their own time first. */
@RestController
final class MeasurementController {

    /** What PostgreSQL's type can hold, generously cut. */
    private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");

    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

    private final MeasurementTable measurements;
    private final DatabaseReads reads;

    MeasurementController(MeasurementTable measurements, DatabaseReads reads) {
        this.measurements = measurements;
        this.reads = reads;
    }

    @GetMapping("/measurements")
    List<StoredEvent<ServerMeasured>> list(
            @RequestParam(required = false) @Nullable HostName host,
            @RequestParam(required = false) @Nullable Instant from,
            @RequestParam(required = false) @Nullable Instant to,
            @RequestParam(defaultValue = "100") @Min(1) @Max(1000) int limit) {
        requireInRange("from", from);
        requireInRange("to", to);
        return reads.read(() -> measurements.findNewest(host, from, to, limit));
    }

    private static void requireInRange(String parameter, @Nullable Instant time) {
        if (time != null && (time.isBefore(EARLIEST) || time.isAfter(LATEST))) {
            throw ProblemType.INVALID_PARAMETER.exception(
                    "Parameter '" + parameter + "' must lie in the years 1 to 9999");
        }
    }
}
