package io.eventpipeline.model.event;

/** Reads the {@link EventType} of an event class. */
public final class EventTypes {

    private static final ClassValue<String> NAMES =
            new ClassValue<>() {
                @Override
                protected String computeValue(Class<?> type) {
                    EventType annotation = type.getAnnotation(EventType.class);
                    if (annotation == null) {
                        throw new IllegalArgumentException(
                                type.getName() + " has no @EventType: annotate the record");
                    }
                    return annotation.value();
                }
            };

    private EventTypes() {}

    /**
     * Returns the CloudEvents type name of an event class.
     *
     * @throws IllegalArgumentException if the class carries no {@link EventType}
     */
    public static String nameOf(Class<? extends Event> type) {
        return NAMES.get(type);
    }
}
