package io.eventpipeline.model.fleet;

import io.eventpipeline.model.event.EventType;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.NotNull;
import java.time.Instant;

/**
 * A vehicle is here now. Written by producer-service with the lossy profile, keyed by vehicle: the
 * next position replaces a lost one.
 *
 * @param vehicle which vehicle, the record key
 * @param latitude WGS 84 degrees, −90 to 90
 * @param longitude WGS 84 degrees, −180 to 180
 * @param reportedAt when it was there, the event's own time
 */
@EventType("io.eventpipeline.position.reported.v1")
public record PositionReported(
        @NotNull VehicleId vehicle,
        @DecimalMin("-90") @DecimalMax("90") double latitude,
        @DecimalMin("-180") @DecimalMax("180") double longitude,
        @NotNull Instant reportedAt)
        implements FleetEvent {

    @Override
    public String key() {
        return vehicle.value();
    }
}
