package io.eventpipeline.model.ops;

import io.eventpipeline.model.event.EventType;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.PositiveOrZero;
import java.time.Instant;

/**
 * How busy a server was at a moment. Written by the host metrics connector and by producer-service,
 * keyed by host.
 *
 * @param host which server, the record key
 * @param cpuLoad share of all processors in use, 0 to 1
 * @param memoryUsedBytes memory in use, caches that can be given back not counted
 * @param memoryTotalBytes memory of the server
 * @param measuredAt when, the event's own time
 */
@EventType("io.eventpipeline.server.measured.v1")
public record ServerMeasured(
        @NotNull HostName host,
        @DecimalMin("0") @DecimalMax("1") double cpuLoad,
        @PositiveOrZero long memoryUsedBytes,
        @Positive long memoryTotalBytes,
        @NotNull Instant measuredAt)
        implements OpsEvent {

    @Override
    public String key() {
        return host.value();
    }
}
