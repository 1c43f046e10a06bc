package io.eventpipeline.producer.schemas;

import io.eventpipeline.starter.problem.ProblemType;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.node.ObjectNode;

/** Which types of events can be sent, where they go and what they look like. Asks no cluster. */
@RestController
@RequestMapping("/event-types")
final class EventTypesController {

    private static final String SCHEMA = "application/schema+json";

    private final EventTypeDirectory types;

    EventTypesController(EventTypeDirectory types) {
        this.types = types;
    }

    record EventTypesResponse(List<EventTypeDescription> eventTypes) {}

    @GetMapping
    EventTypesResponse all() {
        return new EventTypesResponse(types.all());
    }

    @GetMapping("/{type}")
    EventTypeDescription one(@PathVariable String type) {
        return types.find(type)
                .orElseThrow(() ->
                        ProblemType.NOT_FOUND.exception(
                                "There is no event type '" + type + "' that can be sent"));
    }

    /** The schema alone, for tools that take its address. */
    @GetMapping(path = "/{type}", produces = SCHEMA)
    ObjectNode schema(@PathVariable String type) {
        return one(type).schema();
    }
}
