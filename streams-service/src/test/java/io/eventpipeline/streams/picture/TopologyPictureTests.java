package io.eventpipeline.streams.picture;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.eventpipeline.streams.picture.TopologyGraph.Kind;
import io.eventpipeline.streams.picture.TopologyGraph.Step;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Grouped;
import org.apache.kafka.streams.kstream.Materialized;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class TopologyPictureTests {

    private final TopologyGraph graph = graph();

    @Test
    void readsWhatKafkaStreamsDescribes() {
        assertThat(graph.subTopologies()).hasSize(2);
        assertThat(graph.subTopologies().getFirst().steps())
                .contains(
                        new Step(
                                "in",
                                Kind.SOURCE,
                                List.of("words"),
                                List.of(),
                                List.of("long-ones")),
                        new Step(
                                "by-length",
                                Kind.PROCESSOR,
                                List.of(),
                                List.of(),
                                List.of("lengths-repartition-filter")));
        assertThat(graph.subTopologies().getLast().steps())
                .contains(new Step("out", Kind.SINK, List.of("counts"), List.of(), List.of()))
                .anySatisfy(step -> assertThat(step.stores()).containsExactly("lengths"));
        assertThat(graph.globalStores())
                .containsExactly(new TopologyGraph.Global("names", "all-names"));
    }

    @Test
    void drawsEveryNameAsText() throws Exception {
        List<String> texts = new ArrayList<>();
        NodeList found = drawn().getElementsByTagName("text");
        for (int i = 0; i < found.getLength(); i++) {
            texts.add(found.item(i).getTextContent());
        }

        assertThat(texts)
                .contains("Sub-topology 1", "Sub-topology 2", "words", "in", "long-ones")
                .contains("▤ lengths", "out", "counts", "names", "▤ all-names");
    }

    @Test
    void letsNoTwoBoxesOfAFrameOverlap() throws Exception {
        NodeList frames = drawn().getElementsByTagName("g");
        for (int i = 0; i < frames.getLength(); i++) {
            List<double[]> boxes = new ArrayList<>();
            NodeList children = frames.item(i).getChildNodes();
            for (int j = 0; j < children.getLength(); j++) {
                if (children.item(j) instanceof Element box
                        && box.getTagName().equals("rect")
                        && !box.getAttribute("class").equals("frame")) {
                    boxes.add(
                            new double[] {
                                number(box, "x"),
                                number(box, "y"),
                                number(box, "x") + number(box, "width"),
                                number(box, "y") + number(box, "height")
                            });
                }
            }
            for (int one = 0; one < boxes.size(); one++) {
                for (int other = one + 1; other < boxes.size(); other++) {
                    assertThat(overlap(boxes.get(one), boxes.get(other))).isFalse();
                }
            }
        }
    }

    private Document drawn() throws Exception {
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(TopologyPicture.draw(graph).getBytes(UTF_8)));
    }

    private static double number(Element box, String attribute) {
        return Double.parseDouble(box.getAttribute(attribute));
    }

    private static boolean overlap(double[] one, double[] other) {
        return one[0] < other[2] && other[0] < one[2] && one[1] < other[3] && other[1] < one[3];
    }

    private static TopologyGraph graph() {
        StreamsBuilder builder = new StreamsBuilder();
        builder.globalTable(
                "names",
                Consumed.with(Serdes.String(), Serdes.String()).withName("names-source"),
                Materialized.as("all-names"));
        builder.stream("words", Consumed.with(Serdes.String(), Serdes.String()).withName("in"))
                .filter((key, word) -> word.length() > 5, Named.as("long-ones"))
                .selectKey((key, word) -> "" + word.length(), Named.as("by-length"))
                .groupByKey(Grouped.with("lengths", Serdes.String(), Serdes.String()))
                .count(Named.as("count"), Materialized.as("lengths"))
                .toStream(Named.as("changes"))
                .mapValues(String::valueOf, Named.as("as-text"))
                .to("counts", Produced.with(Serdes.String(), Serdes.String()).withName("out"));
        return TopologyGraph.of(builder.build().describe());
    }
}
