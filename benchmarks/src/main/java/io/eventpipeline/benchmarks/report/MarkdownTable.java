package io.eventpipeline.benchmarks.report;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A Markdown table that is aligned too, so that it reads well on a terminal. */
final class MarkdownTable {

    private final List<List<String>> rows = new ArrayList<>();

    /** Adds a row; the first is the head. */
    void add(List<String> row) {
        rows.add(row);
    }

    /** Whether there is nothing below the head. */
    boolean isEmpty() {
        return rows.size() < 2;
    }

    /** The rows, of which the first is the head; the columns after the first few hold numbers. */
    String text(int textColumns) {
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
