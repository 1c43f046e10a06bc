package io.eventpipeline.consumer.tables;

import io.eventpipeline.model.event.Event;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** All tables of events. A new event type needs a new {@link EventTable} bean and nothing here. */
@Component
public final class EventTables {

    private final Map<Class<?>, EventTable<?>> byType;

    EventTables(List<EventTable<?>> tables) {
        byType = tables.stream().collect(Collectors.toMap(EventTable::type, Function.identity()));
    }

    /**
     * The table of an event type.
     *
     * @throws IllegalArgumentException if there is none
     */
    public <E extends Event> EventTable<E> of(Class<E> type) {
        // The map's values were put in under their own type.
        @SuppressWarnings("unchecked")
        EventTable<E> table = (EventTable<E>) byType.get(type);
        if (table == null) {
            throw new IllegalArgumentException("No table stores " + type.getName());
        }
        return table;
    }
}
