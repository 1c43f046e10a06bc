package io.eventpipeline.benchmarks.report;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * All of a run that measures other things than requests, as it is written to the file.
 *
 * @param machine what it ran on
 * @param settings the settings that make numbers differ
 * @param medians over the rounds, each figure's own
 * @param rounds every measurement, in the order in which they were made
 */
public record FiguresReport(
        Machine machine,
        Map<String, Object> settings,
        List<Figures> medians,
        List<List<Figures>> rounds) {

    private static final double WHOLE_NUMBERS_FROM = 100;

    /** The report of measurements. */
    public static FiguresReport of(
            Machine machine, Map<String, Object> settings, List<List<Figures>> rounds) {
        return new FiguresReport(machine, settings, medians(rounds), rounds);
    }

    /** The medians as a table, each figure in its column. */
    public String table() {
        Set<String> columns = new LinkedHashSet<>();
        medians.forEach(median -> columns.addAll(median.figures().keySet()));
        MarkdownTable table = new MarkdownTable();
        List<String> head = new ArrayList<>(List.of("what"));
        head.addAll(columns);
        table.add(head);
        for (Figures median : medians) {
            List<String> row = new ArrayList<>(List.of(median.what()));
            columns.forEach(column -> row.add(text(median.figures().get(column))));
            table.add(row);
        }
        return table.text(1);
    }

    /** Writes it as JSON. */
    public void write(Path file) {
        JsonMapper.builder()
                .enable(SerializationFeature.INDENT_OUTPUT)
                .build()
                .writeValue(file, this);
    }

    private static List<Figures> medians(List<List<Figures>> rounds) {
        Map<String, Map<String, List<Double>>> all = new LinkedHashMap<>();
        for (Figures measured : rounds.stream().flatMap(List::stream).toList()) {
            Map<String, List<Double>> figures =
                    all.computeIfAbsent(measured.what(), _ -> new LinkedHashMap<>());
            measured.figures()
                    .forEach((name, figure) ->
                            figures.computeIfAbsent(name, _ -> new ArrayList<>()).add(figure));
        }
        List<Figures> medians = new ArrayList<>();
        all.forEach((what, figures) -> {
            Map<String, Double> ofEach = new LinkedHashMap<>();
            figures.forEach((name, values) -> ofEach.put(name, median(values)));
            medians.add(new Figures(what, ofEach));
        });
        return medians;
    }

    private static double median(List<Double> values) {
        double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1
                ? sorted[middle]
                : DoubleStream.of(sorted[middle - 1], sorted[middle]).average().orElseThrow();
    }

    private static String text(@Nullable Double figure) {
        if (figure == null) {
            return "–";
        }
        String format = Math.abs(figure) < WHOLE_NUMBERS_FROM ? "%.1f" : "%,.0f";
        return String.format(Locale.ROOT, format, figure);
    }
}
