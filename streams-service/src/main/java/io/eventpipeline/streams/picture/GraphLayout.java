package io.eventpipeline.streams.picture;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.elk.alg.layered.options.LayeredOptions;
import org.eclipse.elk.alg.layered.options.NodePlacementStrategy;
import org.eclipse.elk.core.RecursiveGraphLayoutEngine;
import org.eclipse.elk.core.math.ElkPadding;
import org.eclipse.elk.core.options.CoreOptions;
import org.eclipse.elk.core.options.Direction;
import org.eclipse.elk.core.options.EdgeRouting;
import org.eclipse.elk.core.util.NullElkProgressMonitor;
import org.eclipse.elk.graph.ElkEdge;
import org.eclipse.elk.graph.ElkNode;
import org.eclipse.elk.graph.util.ElkGraphUtil;

/**
 * Places the boxes of a graph in layers, from left to right, and the lines between them, by the
 * Eclipse Layout Kernel's layered algorithm (Sugiyama et al., 1981). For one graph and one thread.
 */
final class GraphLayout {

    private static final double BETWEEN_BOXES = 18;
    private static final double BETWEEN_LAYERS = 42;
    private static final double PADDING = 14;

    private final ElkNode graph = ElkGraphUtil.createGraph();
    private final Map<String, ElkNode> boxes = new HashMap<>();

    /** A point. */
    record Point(double x, double y) {}

    /** A placed box. */
    record Box(double x, double y, double width, double height) {}

    /** Adds a box. */
    void box(String name, double width, double height) {
        ElkNode box = ElkGraphUtil.createNode(graph);
        box.setDimensions(width, height);
        boxes.put(name, box);
    }

    /** Adds a line between boxes that were added. */
    void line(String from, String to) {
        ElkGraphUtil.createSimpleEdge(found(from), found(to));
    }

    /** Places everything; to be called once, after all is added. */
    void place() {
        graph.setProperty(CoreOptions.DIRECTION, Direction.RIGHT);
        graph.setProperty(CoreOptions.EDGE_ROUTING, EdgeRouting.ORTHOGONAL);
        graph.setProperty(CoreOptions.SPACING_NODE_NODE, BETWEEN_BOXES);
        graph.setProperty(CoreOptions.PADDING, new ElkPadding(PADDING));
        graph.setProperty(LayeredOptions.SPACING_NODE_NODE_BETWEEN_LAYERS, BETWEEN_LAYERS);
        graph.setProperty(
                LayeredOptions.NODE_PLACEMENT_STRATEGY, NodePlacementStrategy.BRANDES_KOEPF);
        graph.setProperty(CoreOptions.ALGORITHM, LayeredOptions.ALGORITHM_ID);
        new RecursiveGraphLayoutEngine().layout(graph, new NullElkProgressMonitor());
    }

    double width() {
        return graph.getWidth();
    }

    double height() {
        return graph.getHeight();
    }

    Box placed(String name) {
        ElkNode box = found(name);
        return new Box(box.getX(), box.getY(), box.getWidth(), box.getHeight());
    }

    /** The corners of each line, its ends included. */
    List<List<Point>> lines() {
        return graph.getContainedEdges().stream().map(GraphLayout::corners).toList();
    }

    private static List<Point> corners(ElkEdge edge) {
        return edge.getSections().stream()
                .flatMap(section -> {
                    List<Point> corners = new ArrayList<>();
                    corners.add(new Point(section.getStartX(), section.getStartY()));
                    section.getBendPoints()
                            .forEach(bend -> corners.add(new Point(bend.getX(), bend.getY())));
                    corners.add(new Point(section.getEndX(), section.getEndY()));
                    return corners.stream();
                })
                .toList();
    }

    private ElkNode found(String name) {
        ElkNode box = boxes.get(name);
        if (box == null) {
            throw new IllegalArgumentException("No box " + name);
        }
        return box;
    }
}
