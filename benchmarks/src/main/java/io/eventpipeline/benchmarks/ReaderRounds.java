package io.eventpipeline.benchmarks;

import io.eventpipeline.benchmarks.consuming.Reader;
import io.eventpipeline.benchmarks.consuming.Throughput;
import io.eventpipeline.benchmarks.report.Figures;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Rounds in which readers take turns, so that whatever else the machine does meets all of them
 * alike.
 */
final class ReaderRounds {

    private static final double MICROS_PER_SECOND = 1e6;

    private final List<Reader> readers;
    private final PrintWriter out;

    /**
     * Over what has been started.
     *
     * @param readers the first is the one to compare with the others
     */
    ReaderRounds(List<Reader> readers, PrintWriter out) {
        this.readers = List.copyOf(readers);
        this.out = out;
    }

    /** The first rounds warm up and are not counted; each round turns the order around. */
    List<List<Figures>> run(int warmUps, int count) {
        List<List<Figures>> rounds = new ArrayList<>();
        for (int round = 1 - warmUps; round <= count; round++) {
            out.println(round <= 0 ? "Warming up" : "Round " + round + " of " + count);
            List<Figures> measured = new ArrayList<>();
            for (Reader reader : round % 2 == 0 ? readers : readers.reversed()) {
                Figures figures = figures(reader.name(), reader.measure());
                out.println("  " + figures.what() + " " + figures.figures());
                out.flush();
                measured.add(figures);
            }
            if (round > 0) {
                rounds.add(round % 2 == 0 ? measured : measured.reversed());
            }
        }
        return compared(rounds);
    }

    /** With how many times the others the first is, in the same round. */
    private static List<List<Figures>> compared(List<List<Figures>> rounds) {
        return rounds.stream()
                .map(round -> {
                    double first = rate(round.getFirst());
                    return round.stream().map(figures -> compared(figures, first)).toList();
                })
                .toList();
    }

    private static Figures compared(Figures figures, double first) {
        Map<String, Double> more = new LinkedHashMap<>(figures.figures());
        more.put("first : this", first / rate(figures));
        return new Figures(figures.what(), more);
    }

    private static double rate(Figures figures) {
        return figures.figures().getOrDefault("records/s", 0.0);
    }

    private static Figures figures(String name, Throughput measured) {
        Map<String, Double> figures = new LinkedHashMap<>();
        figures.put("records/s", measured.records() / measured.seconds());
        measured.cpu()
                .seconds()
                .forEach((process, seconds) ->
                        figures.put(
                                process + " µs/record",
                                seconds * MICROS_PER_SECOND / Math.max(1, measured.records())));
        return new Figures(name, figures);
    }
}
