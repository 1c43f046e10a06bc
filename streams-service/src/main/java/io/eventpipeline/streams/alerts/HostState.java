package io.eventpipeline.streams.alerts;

import io.eventpipeline.model.ops.ServerAlert.Severity;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is remembered of a host.
 *
 * @param measuredAt the time of its newest measurement
 * @param arrivedAt when that was read, by the wall clock
 * @param cpu the alert that its processors are under, if they are
 * @param memory the alert that its memory is under, if it is
 * @param silent the alert that its silence is under, if it is silent
 */
record HostState(
        Instant measuredAt,
        Instant arrivedAt,
        @Nullable Severity cpu,
        @Nullable Severity memory,
        @Nullable Severity silent) {

    HostState silent(Severity severity) {
        return new HostState(measuredAt, arrivedAt, cpu, memory, severity);
    }
}
