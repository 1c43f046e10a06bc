package io.eventpipeline.benchmarks.report;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Medians as a Markdown table that is aligned too, so that it reads well on a terminal. */
final class ResultTable {

    private final List<List<String>> rows = new ArrayList<>();

    private ResultTable() {}

    /** The table of all scenarios, and the one of ratios if anything can be compared. */
    static String of(List<Measurement> medians) {
        String ratios = ratios(medians);
        return numbers(medians) + (ratios.isEmpty() ? "" : "\n" + ratios);
    }

    private static String numbers(List<Measurement> medians) {
        Set<String> processes = new LinkedHashSet<>();
        medians.forEach(median -> processes.addAll(median.cpuMicrosPerRecord().keySet()));
        ResultTable table = new ResultTable();
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
        table.rows.add(head);
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
            table.rows.add(row);
        }
        return table.text(2);
    }

    private static String cpu(Measurement median, String process) {
        Double micros = median.cpuMicrosPerRecord().get(process);
        return micros == null ? "–" : String.format(Locale.ROOT, "%.1f", micros);
    }

    private static String ratios(List<Measurement> medians) {
        Map<String, Measurement> firsts = new LinkedHashMap<>();
        ResultTable table = new ResultTable();
        table.rows.add(List.of("scenario", "compared", "records/s", "p99"));
        for (Measurement median : medians) {
            Measurement first = firsts.putIfAbsent(median.scenario(), median);
            if (first != null) {
                table.rows.add(
                        List.of(
                                median.scenario(),
                                first.target() + " : " + median.target(),
                                ratio(first.recordsPerSecond(), median.recordsPerSecond()),
                                ratio(first.p99Millis(), median.p99Millis())));
            }
        }
        return table.rows.size() == 1 ? "" : table.text(2);
    }

    private static String ratio(double ours, double theirs) {
        return theirs == 0 ? "–" : String.format(Locale.ROOT, "%.2f ×", ours / theirs);
    }

    /** The rows, of which the first is the head; the columns after the first few hold numbers. */
    private String text(int textColumns) {
        int columns = rows.getFirst().size();
        List<Integer> widths = new ArrayList<>(Collections.nCopies(columns, 3));
        for (List<String> row : rows) {
            for (int i = 0; i < columns; i++) {
                widths.set(i, Math.max(widths.get(i), row.get(i).length()));
            }
        }
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < rows.size(); i++) {
            text.append(line(rows.get(i), widths, textColumns));
            if (i == 0) {
                text.append(rule(widths, textColumns));
            }
        }
        return text.toString();
    }

    private static String line(List<String> row, List<Integer> widths, int textColumns) {
        StringBuilder line = new StringBuilder("|");
        for (int i = 0; i < row.size(); i++) {
            String spaces = " ".repeat(widths.get(i) - row.get(i).length());
            line.append(' ')
                    .append(i < textColumns ? row.get(i) + spaces : spaces + row.get(i))
                    .append(" |");
        }
        return line.append('\n').toString();
    }

    private static String rule(List<Integer> widths, int textColumns) {
        StringBuilder line = new StringBuilder("|");
        for (int i = 0; i < widths.size(); i++) {
            String dashes = "-".repeat(widths.get(i) - (i < textColumns ? 0 : 1));
            line.append(' ').append(i < textColumns ? dashes : dashes + ":").append(" |");
        }
        return line.append('\n').toString();
    }
}
