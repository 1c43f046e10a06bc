package io.eventpipeline.connect.hostmetrics;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.connect.errors.ConnectException;
import org.jspecify.annotations.Nullable;

/**
 * The connector's source partition and source offset: which machine, and when it was last measured.
 */
final class SourcePosition {

    private static final String HOST = "host";
    private static final String MEASURED_AT = "measuredAt";

    private SourcePosition() {}

    static Map<String, String> partition(String host) {
        return Map.of(HOST, host);
    }

    static Map<String, Long> offset(Instant measuredAt) {
        return Map.of(MEASURED_AT, measuredAt.toEpochMilli());
    }

    /** The time of the last measurement; empty where none was stored. */
    static Optional<Instant> lastMeasuredAt(@Nullable Map<String, Object> offset) {
        return offset != null && offset.get(MEASURED_AT) instanceof Number milliseconds
                ? Optional.of(Instant.ofEpochMilli(milliseconds.longValue()))
                : Optional.empty();
    }

    /**
     * Accepts a position that someone wants to set.
     *
     * @param offset null where the offset is to be removed, which is always accepted
     * @throws ConnectException naming the field that is wrong
     */
    static void check(@Nullable Map<String, ?> partition, @Nullable Map<String, ?> offset) {
        if (offset == null) {
            return;
        }
        if (partition == null || !(partition.get(HOST) instanceof String)) {
            throw new ConnectException("A partition needs the field '" + HOST + "', a string");
        }
        if (!(offset.get(MEASURED_AT) instanceof Number milliseconds)
                || milliseconds.longValue() < 0) {
            throw new ConnectException(
                    "An offset needs the field '" + MEASURED_AT + "', epoch milliseconds");
        }
    }
}
