package io.eventpipeline.benchmarks.load;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Processor time of processes, user and system together.
 *
 * @param seconds by the name of the process
 */
public record CpuTimes(Map<String, Double> seconds) {

    /** Keeps a copy in the same order. */
    public CpuTimes {
        seconds = Collections.unmodifiableMap(new LinkedHashMap<>(seconds));
    }

    /** Of no process. */
    public static CpuTimes none() {
        return new CpuTimes(Map.of());
    }

    /** What was used since an earlier reading. */
    public CpuTimes since(CpuTimes earlier) {
        Map<String, Double> used = new LinkedHashMap<>();
        seconds.forEach((process, now) ->
                used.put(process, now - earlier.seconds.getOrDefault(process, 0.0)));
        return new CpuTimes(used);
    }

    /** A share of it. */
    public CpuTimes times(double share) {
        Map<String, Double> part = new LinkedHashMap<>();
        seconds.forEach((process, used) -> part.put(process, used * share));
        return new CpuTimes(part);
    }
}
