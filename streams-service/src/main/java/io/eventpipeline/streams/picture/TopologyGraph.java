package io.eventpipeline.streams.picture;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.streams.TopologyDescription;
import org.apache.kafka.streams.TopologyDescription.GlobalStore;
import org.apache.kafka.streams.TopologyDescription.Node;
import org.apache.kafka.streams.TopologyDescription.Processor;
import org.apache.kafka.streams.TopologyDescription.Sink;
import org.apache.kafka.streams.TopologyDescription.Source;
import org.apache.kafka.streams.TopologyDescription.Subtopology;
import org.jspecify.annotations.Nullable;

/**
 * A topology as data: what {@link TopologyDescription} says, and nothing more. Immutable.
 *
 * @param subTopologies each is run by a task for each of its partitions
 * @param globalStores each is on every instance
 */
public record TopologyGraph(List<SubTopology> subTopologies, List<Global> globalStores) {

    /** Nodes that are connected to each other, but for repartition topics between them. */
    public record SubTopology(int id, List<Step> steps) {}

    /** What a node does. */
    public enum Kind {
        /** Reads topics. */
        @JsonProperty("source")
        SOURCE,
        /** Does something with each record. */
        @JsonProperty("processor")
        PROCESSOR,
        /** Writes to a topic. */
        @JsonProperty("sink")
        SINK
    }

    /**
     * One node.
     *
     * @param name the operator's name
     * @param kind what it does
     * @param topics what it reads or writes; empty for a sink that chooses topics by records
     * @param stores what it remembers
     * @param next the names of the nodes that get its records
     */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record Step(
            String name, Kind kind, List<String> topics, List<String> stores, List<String> next) {}

    /** A global store: the topic that it is read from, and its store. */
    public record Global(String topic, String store) {}

    /** Reads a description. */
    public static TopologyGraph of(TopologyDescription description) {
        List<SubTopology> subTopologies =
                description.subtopologies().stream()
                        .sorted(Comparator.comparingInt(Subtopology::id))
                        .map(sub ->
                                new SubTopology(
                                        sub.id(),
                                        sub.nodes().stream()
                                                .map(TopologyGraph::step)
                                                .sorted(Comparator.comparing(Step::name))
                                                .toList()))
                        .toList();
        List<Global> globals = new ArrayList<>();
        for (GlobalStore global : description.globalStores()) {
            for (String topic : topics(global.source())) {
                for (String store : global.processor().stores()) {
                    globals.add(new Global(topic, store));
                }
            }
        }
        globals.sort(Comparator.comparing(Global::store));
        return new TopologyGraph(subTopologies, List.copyOf(globals));
    }

    private static Step step(Node node) {
        List<String> next = node.successors().stream().map(Node::name).sorted().toList();
        return switch (node) {
            case Source source ->
                    new Step(source.name(), Kind.SOURCE, topics(source), List.of(), next);
            case Sink sink ->
                    new Step(sink.name(), Kind.SINK, named(sink.topic()), List.of(), next);
            case Processor processor ->
                    new Step(
                            processor.name(),
                            Kind.PROCESSOR,
                            List.of(),
                            processor.stores().stream().sorted().toList(),
                            next);
            default ->
                    throw new IllegalStateException("A node of another kind: " + node.getClass());
        };
    }

    private static List<String> topics(Source source) {
        Set<String> topics = source.topicSet();
        if (topics != null) {
            return List.copyOf(new TreeSet<>(topics));
        }
        return List.of(String.valueOf(source.topicPattern()));
    }

    private static List<String> named(@Nullable String topic) {
        return topic == null ? List.of() : List.of(topic);
    }
}
