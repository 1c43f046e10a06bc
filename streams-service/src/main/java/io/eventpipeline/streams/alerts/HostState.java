package io.eventpipeline.streams.alerts;

import io.eventpipeline.model.ops.ServerAlert.Severity;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is remembered of a host.
 *
 * @param measuredAt the time of its newest measurement, by its own clock
 * @param heardAt how far stream time was when it was heard of last, by whatever measurement: a host
 *     whose clock is slow is not silent
 * @param arrivedAt when that was, by the wall clock
 * @param cpu the alert that its processors are under, if they are
 * @param memory the alert that its memory is under, if it is
 * @param silent the alert that its silence is under, if it is silent
 */
record HostState(
        Instant measuredAt,
        Instant heardAt,
        Instant arrivedAt,
        @Nullable Severity cpu,
        @Nullable Severity memory,
        @Nullable Severity silent) {

    HostState silent(Severity severity) {
        return new HostState(measuredAt, heardAt, arrivedAt, cpu, memory, severity);
    }

    /** Heard of again, by a measurement that is older than the newest. */
    HostState heard(Instant streamTime, Instant wallClock) {
        return new HostState(measuredAt, streamTime, wallClock, cpu, memory, null);
    }
}
