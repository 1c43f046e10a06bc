package io.eventpipeline.benchmarks.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Medians of a load run as a table. */
final class ResultTable {

    private ResultTable() {}

    /** The table of all scenarios, and the one of ratios if anything can be compared. */
    static String of(List<Measurement> medians) {
        String ratios = ratios(medians);
        return numbers(medians) + (ratios.isEmpty() ? "" : "\n" + ratios);
    }

    private static String numbers(List<Measurement> medians) {
        Set<String> processes = new LinkedHashSet<>();
        medians.forEach(median -> processes.addAll(median.cpuMicrosPerRecord().keySet()));
        MarkdownTable table = new MarkdownTable();
        List<String> head =
                new ArrayList<>(
                        List.of(
                                "scenario",
                                "target",
                                "records/s",
                                "requests/s",
                                "p50 ms",
                                "p99 ms"));
        processes.forEach(process -> head.add(process + " µs/record"));
        head.add("failures");
        table.add(head);
        for (Measurement median : medians) {
            List<String> row =
                    new ArrayList<>(
                            List.of(
                                    median.scenario(),
                                    median.target(),
                                    String.format(Locale.ROOT, "%,.0f", median.recordsPerSecond()),
                                    String.format(Locale.ROOT, "%,.0f", median.requestsPerSecond()),
                                    String.format(Locale.ROOT, "%.1f", median.p50Millis()),
                                    String.format(Locale.ROOT, "%.1f", median.p99Millis())));
            processes.forEach(process -> row.add(cpu(median, process)));
            row.add(Long.toString(median.failures()));
            table.add(row);
        }
        return table.text(2);
    }

    private static String cpu(Measurement median, String process) {
        Double micros = median.cpuMicrosPerRecord().get(process);
        return micros == null ? "–" : String.format(Locale.ROOT, "%.1f", micros);
    }

    private static String ratios(List<Measurement> medians) {
        Map<String, Measurement> firsts = new LinkedHashMap<>();
        MarkdownTable table = new MarkdownTable();
        table.add(List.of("scenario", "compared", "records/s", "p99"));
        for (Measurement median : medians) {
            Measurement first = firsts.putIfAbsent(median.scenario(), median);
            if (first != null) {
                table.add(
                        List.of(
                                median.scenario(),
                                first.target() + " : " + median.target(),
                                ratio(first.recordsPerSecond(), median.recordsPerSecond()),
                                ratio(first.p99Millis(), median.p99Millis())));
            }
        }
        return table.isEmpty() ? "" : table.text(2);
    }

    private static String ratio(double ours, double theirs) {
        return theirs == 0 ? "–" : String.format(Locale.ROOT, "%.2f ×", ours / theirs);
    }
}
