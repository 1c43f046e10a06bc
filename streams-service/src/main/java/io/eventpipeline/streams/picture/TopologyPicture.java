package io.eventpipeline.streams.picture;

import io.eventpipeline.streams.picture.GraphLayout.Box;
import io.eventpipeline.streams.picture.GraphLayout.Point;
import io.eventpipeline.streams.picture.TopologyGraph.Global;
import io.eventpipeline.streams.picture.TopologyGraph.Kind;
import io.eventpipeline.streams.picture.TopologyGraph.Step;
import io.eventpipeline.streams.picture.TopologyGraph.SubTopology;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Draws a topology as SVG 1.1: a frame for each sub-topology, a rounded box for each topic that it
 * reads or writes, a box for each operator, and in it the stores that it uses. Every name can be
 * read and searched for, because it is text. Thread-safe.
 */
public final class TopologyPicture {

    /** The width of a character, a little more than in most monospaced fonts. */
    private static final double CHARACTER = 7.4;

    private static final double LINE = 16;
    private static final double SPACE = 12;
    private static final double TITLE = 26;

    private static final String STYLE =
            """
            <style>
            text{font:12px ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;fill:#1f2937}
            .title{font-weight:bold;fill:#374151}
            .store{fill:#92400e}
            .frame{fill:#f9fafb;stroke:#9ca3af}
            .step{fill:#fff;stroke:#4b5563}
            .topic{fill:#dbeafe;stroke:#2563eb}
            .line{fill:none;stroke:#4b5563;marker-end:url(#tip)}
            </style>
            <defs><marker id="tip" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path d="M0 0L8 4L0 8z" fill="#4b5563"/></marker></defs>
            """;

    private final StringBuilder svg = new StringBuilder();
    private double width;
    private double height = SPACE;

    private TopologyPicture() {}

    /** Draws a topology. */
    public static String draw(TopologyGraph graph) {
        TopologyPicture picture = new TopologyPicture();
        graph.subTopologies().forEach(picture::frame);
        if (!graph.globalStores().isEmpty()) {
            picture.globals(graph.globalStores());
        }
        return picture.document();
    }

    private String document() {
        return String.format(
                        Locale.ROOT,
                        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%1$.0f\""
                                + " height=\"%2$.0f\" viewBox=\"0 0 %1$.0f %2$.0f\""
                                + " role=\"img\">%n<title>Topology</title>%n<rect width=\"100%%\""
                                + " height=\"100%%\" fill=\"#fff\"/>%n",
                        width + 2 * SPACE,
                        height)
                + STYLE
                + svg
                + "</svg>\n";
    }

    private void frame(SubTopology sub) {
        GraphLayout layout = new GraphLayout();
        for (Step step : sub.steps()) {
            List<String> words = words(step);
            layout.box(step.name(), widthOf(words), LINE * words.size() + SPACE);
            for (String topic : step.topics()) {
                layout.box(box(step, topic), widthOf(List.of(topic)), LINE + SPACE);
            }
        }
        for (Step step : sub.steps()) {
            for (String topic : step.topics()) {
                if (step.kind() == Kind.SOURCE) {
                    layout.line(box(step, topic), step.name());
                } else {
                    layout.line(step.name(), box(step, topic));
                }
            }
            step.next().forEach(next -> layout.line(step.name(), next));
        }
        layout.place();
        open("Sub-topology " + sub.id(), layout.width(), layout.height());
        layout.lines().forEach(this::line);
        for (Step step : sub.steps()) {
            boxed("step", layout.placed(step.name()), words(step), 2);
            for (String topic : step.topics()) {
                Box placed = layout.placed(box(step, topic));
                boxed("topic", placed, List.of(topic), placed.height() / 2);
            }
        }
        close(layout.height());
    }

    private void globals(List<Global> globals) {
        List<List<String>> lines = new ArrayList<>();
        for (Global global : globals) {
            lines.add(List.of(global.topic(), "▤ " + global.store()));
        }
        double wide = lines.stream().mapToDouble(TopologyPicture::widthOf).max().orElse(0);
        double tall = lines.size() * (2 * LINE + 2 * SPACE) + SPACE;
        open("Global stores, on every instance", wide + 2 * SPACE, tall);
        double y = SPACE;
        for (List<String> line : lines) {
            boxed("topic", new Box(SPACE, y, wide, 2 * LINE + SPACE), line, SPACE);
            y += 2 * LINE + 2 * SPACE;
        }
        close(tall);
    }

    private void open(String title, double wide, double tall) {
        svg.append(
                String.format(
                        Locale.ROOT,
                        "<g transform=\"translate(%.0f %.0f)\">%n<rect class=\"frame\""
                            + " width=\"%.0f\" height=\"%.0f\" rx=\"6\"/>%n<text class=\"title\""
                            + " x=\"%.0f\" y=\"18\">%s</text>%n<g transform=\"translate(0"
                            + " %.0f)\">%n",
                        SPACE,
                        height,
                        Math.max(wide, widthOf(List.of(title))),
                        tall + TITLE,
                        SPACE,
                        title,
                        TITLE));
        width = Math.max(width, Math.max(wide, widthOf(List.of(title))));
    }

    private void close(double tall) {
        svg.append("</g>\n</g>\n");
        height += tall + TITLE + SPACE;
    }

    private void boxed(String style, Box box, List<String> words, double corner) {
        svg.append(
                String.format(
                        Locale.ROOT,
                        "<rect class=\"%s\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\""
                                + " rx=\"%.1f\"/>%n",
                        style,
                        box.x(),
                        box.y(),
                        box.width(),
                        box.height(),
                        corner));
        for (int i = 0; i < words.size(); i++) {
            svg.append(
                    String.format(
                            Locale.ROOT,
                            "<text x=\"%.1f\" y=\"%.1f\"%s>%s</text>%n",
                            box.x() + SPACE,
                            box.y() + SPACE / 2 + LINE * (i + 0.75),
                            words.get(i).startsWith("▤") ? " class=\"store\"" : "",
                            escaped(words.get(i))));
        }
    }

    private void line(List<Point> corners) {
        StringBuilder path = new StringBuilder();
        for (Point corner : corners) {
            path.append(
                    String.format(
                            Locale.ROOT,
                            "%s%.1f %.1f",
                            path.isEmpty() ? "M" : "L",
                            corner.x(),
                            corner.y()));
        }
        svg.append("<path class=\"line\" d=\"").append(path).append("\"/>\n");
    }

    private static List<String> words(Step step) {
        List<String> words = new ArrayList<>();
        words.add(step.name());
        step.stores().forEach(store -> words.add("▤ " + store));
        if (step.kind() == Kind.SINK && step.topics().isEmpty()) {
            words.add("→ topic by record");
        }
        return words;
    }

    /** A topic may be read or written by several steps; each has a box of its own for it. */
    private static String box(Step step, String topic) {
        return step.name() + ' ' + topic;
    }

    private static double widthOf(List<String> words) {
        return words.stream().mapToInt(String::length).max().orElse(0) * CHARACTER + 2 * SPACE;
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
