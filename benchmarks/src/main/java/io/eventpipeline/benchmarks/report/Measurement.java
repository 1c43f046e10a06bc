package io.eventpipeline.benchmarks.report;

import io.eventpipeline.benchmarks.load.LoadResult;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One measurement, or the median of several.
 *
 * @param scenario what was done
 * @param target to whom
 * @param recordsPerSecond records acknowledged
 * @param requestsPerSecond requests answered with 200
 * @param p50Millis half of the answers took no longer
 * @param p99Millis 99 in 100 took no longer
 * @param cpuMicrosPerRecord processor time of each process for one record
 * @param failures answers that were no success
 */
public record Measurement(
        String scenario,
        String target,
        double recordsPerSecond,
        double requestsPerSecond,
        double p50Millis,
        double p99Millis,
        Map<String, Double> cpuMicrosPerRecord,
        long failures) {

    private static final double MICROS_PER_SECOND = 1e6;

    /** What a load saw, per second and per record. */
    public static Measurement of(String scenario, String target, LoadResult result) {
        Map<String, Double> cpu = new LinkedHashMap<>();
        result.cpu()
                .seconds()
                .forEach((process, seconds) ->
                        cpu.put(
                                process,
                                seconds * MICROS_PER_SECOND / Math.max(1, result.records())));
        return new Measurement(
                scenario,
                target,
                result.records() / result.seconds(),
                result.requests() / result.seconds(),
                result.p50Millis(),
                result.p99Millis(),
                cpu,
                result.failures());
    }
}
