package io.eventpipeline.producer.schemas;

import io.eventpipeline.model.event.EventTypes;
import io.eventpipeline.model.topic.TopicCatalogue;
import io.eventpipeline.model.topic.TopicDefinition;
import io.eventpipeline.producer.intake.EventDoor;
import io.eventpipeline.producer.intake.EventDoors;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The types of events that can be sent, a line for each. Immutable and thread-safe. */
final class EventTypeDirectory {

    private static final List<Line> LINES =
            List.of(
                    new Line(EventDoors.ORDERS, "customer", "POST /orders"),
                    new Line(EventDoors.PAYMENTS, "customer", "POST /payments"),
                    new Line(EventDoors.PAGE_VIEWS, "page", "POST /page-views"),
                    new Line(EventDoors.POSITIONS, "vehicle", "POST /positions"),
                    new Line(EventDoors.MEASUREMENTS, "host", "POST /server-measurements"),
                    new Line(EventDoors.ADDRESSES, "customer", "PUT /customers/{customer}/address"),
                    new Line(EventDoors.PRODUCTS, "sku", "PUT /products/{sku}"));

    private final TopicCatalogue catalogue;
    private final EventSchemas schemas;

    EventTypeDirectory(TopicCatalogue catalogue, EventSchemas schemas) {
        this.catalogue = catalogue;
        this.schemas = schemas;
    }

    /**
     * What its door does not say.
     *
     * @param key the field that the event's key is taken from
     * @param endpoint the typed door
     */
    private record Line(EventDoor<?> door, String key, String endpoint) {}

    /** All types, in the order of the doors. */
    List<EventTypeDescription> all() {
        return LINES.stream().map(this::describe).toList();
    }

    /** The type with that name. */
    Optional<EventTypeDescription> find(String type) {
        return LINES.stream()
                .filter(line -> EventTypes.nameOf(line.door().type()).equals(type))
                .findAny()
                .map(this::describe);
    }

    /** The field of a topic's values that the record key is taken from; null without type. */
    static @Nullable String keyOf(TopicDefinition topic) {
        return LINES.stream()
                .filter(line -> line.door().type() == topic.eventType())
                .findAny()
                .map(Line::key)
                .orElse(null);
    }

    private EventTypeDescription describe(Line line) {
        TopicDefinition topic = catalogue.get(line.door().topic());
        return new EventTypeDescription(
                EventTypes.nameOf(line.door().type()),
                topic.name(),
                line.key(),
                topic.profile().name().toLowerCase(Locale.ROOT),
                List.of(line.endpoint()),
                schemas.of(line.door().type()));
    }
}
