package io.eventpipeline.streams.queries;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.eventpipeline.starter.problem.ProblemType;
import io.eventpipeline.streams.picture.TopologyGraph;
import io.eventpipeline.streams.picture.TopologyPicture;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyDescription;
import org.springframework.http.MediaType;
import org.springframework.kafka.config.StreamsBuilderFactoryBean;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code GET /topology}: the whole topology as text, JSON or SVG, as the client accepts. */
@RestController
class TopologyController {

    private static final String SVG = "image/svg+xml";

    private final StreamsBuilderFactoryBean factory;

    TopologyController(StreamsBuilderFactoryBean factory) {
        this.factory = factory;
    }

    @GetMapping(path = "/topology", produces = MediaType.TEXT_PLAIN_VALUE)
    String text() {
        return description().toString();
    }

    @GetMapping(path = "/topology", produces = MediaType.APPLICATION_JSON_VALUE)
    TopologyGraph json() {
        return TopologyGraph.of(description());
    }

    @GetMapping(path = "/topology", produces = SVG)
    byte[] picture() {
        return TopologyPicture.draw(TopologyGraph.of(description())).getBytes(UTF_8);
    }

    private TopologyDescription description() {
        Topology topology = factory.getTopology();
        if (topology == null) {
            throw ProblemType.STATE_UNAVAILABLE.exception("The topology is not built yet", 1);
        }
        return topology.describe();
    }
}
