package io.eventpipeline.model.ops;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.eventpipeline.model.event.EventType;
import jakarta.validation.constraints.NotNull;
import java.time.Instant;

/**
 * A server needs attention. Written by the server-alert topology, keyed by host, to a topic chosen
 * by severity.
 *
 * @param host which server, the record key
 * @param kind what was watched
 * @param severity how urgent
 * @param value what was measured, in the unit of {@code kind}
 * @param threshold what it was compared with, in the same unit
 * @param raisedAt when, the event's own time
 */
@EventType("io.eventpipeline.server.alert.v1")
public record ServerAlert(
        @NotNull HostName host,
        @NotNull Kind kind,
        @NotNull Severity severity,
        double value,
        double threshold,
        @NotNull Instant raisedAt)
        implements OpsEvent {

    /** What was watched. */
    public enum Kind {
        /** Share of the processors in use, 0 to 1. */
        @JsonProperty("cpu")
        CPU,
        /** Share of the memory in use, 0 to 1. */
        @JsonProperty("memory")
        MEMORY,
        /** Seconds without a measurement. */
        @JsonProperty("silent")
        SILENT
    }

    /** How urgent an alert is. */
    public enum Severity {
        /** Look at it today. */
        @JsonProperty("warning")
        WARNING,
        /** Look at it now. */
        @JsonProperty("critical")
        CRITICAL
    }

    @Override
    public String key() {
        return host.value();
    }
}
