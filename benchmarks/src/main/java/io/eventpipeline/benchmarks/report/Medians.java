package io.eventpipeline.benchmarks.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;

/** Over the rounds of a run: each number's own median, and all failures. */
final class Medians {

    private Medians() {}

    /** One for each scenario and target, in the order in which they first occur. */
    static List<Measurement> of(List<Measurement> measurements) {
        Map<List<String>, List<Measurement>> groups = new LinkedHashMap<>();
        for (Measurement measurement : measurements) {
            groups.computeIfAbsent(
                            List.of(measurement.scenario(), measurement.target()),
                            _ -> new ArrayList<>())
                    .add(measurement);
        }
        return groups.values().stream().map(Medians::ofGroup).toList();
    }

    private static Measurement ofGroup(List<Measurement> rounds) {
        Measurement first = rounds.getFirst();
        Map<String, Double> cpu = new LinkedHashMap<>();
        first.cpuMicrosPerRecord()
                .keySet()
                .forEach(process ->
                        cpu.put(
                                process,
                                median(
                                        rounds,
                                        round ->
                                                round.cpuMicrosPerRecord()
                                                        .getOrDefault(process, 0.0))));
        return new Measurement(
                first.scenario(),
                first.target(),
                median(rounds, Measurement::recordsPerSecond),
                median(rounds, Measurement::requestsPerSecond),
                median(rounds, Measurement::p50Millis),
                median(rounds, Measurement::p99Millis),
                cpu,
                rounds.stream().mapToLong(Measurement::failures).sum());
    }

    private static double median(List<Measurement> rounds, ToDoubleFunction<Measurement> number) {
        double[] sorted = rounds.stream().mapToDouble(number).sorted().toArray();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1
                ? sorted[middle]
                : DoubleStream.of(sorted[middle - 1], sorted[middle]).average().orElseThrow();
    }
}
